"""The addresses of allauth that we use; an account has one address, changed by nobody but its deletion."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from intake.views import entrance

urlpatterns = [
    path("login/", entrance.Login.as_view(), name="account_login"),
    path("logout/", entrance.Logout.as_view(), name="account_logout"),
    path("signup/", entrance.Signup.as_view(), name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", entrance.ChangePassword.as_view(), name="account_change_password"),
    path("password/reset/", entrance.ResetPassword.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>.{1,200})/$",
        entrance.ResetPasswordFromKey.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Used only where ACCOUNT_EMAIL_VERIFICATION asks for it.
    path("confirm-email/", views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]{1,300})/$", views.confirm_email, name="account_confirm_email"),
    # Names that allauth looks up; the pages behind them add nothing here.
    path("email/", RedirectView.as_view(pattern_name="intake:settings"), name="account_email"),
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
]
