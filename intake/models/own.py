"""A person's own foods and products."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from uuid6 import uuid7

from foods.text import validate_text
from intake.models.bounds import MAX_ENTRY_UG, MAX_WEIGHT_MG, OwnedQuerySet, fits
from supplements.models import IngredientLine, Product


class OwnFood(models.Model):
    """A food of one person's. Never changed after it is made: an edit is a new row, the old one retires."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=200, validators=[validate_text])
    magnesium_ug_per_100g = models.BigIntegerField("magnesium, µg per 100 g", null=True, blank=True)
    portion_label = models.CharField(max_length=80, blank=True, validators=[validate_text])
    portion_weight_mg = models.BigIntegerField("weight of the portion, mg", null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            fits("name", 200, "own_food_name_fits"),
            fits("portion_label", 80, "own_food_portion_label_fits"),
            models.CheckConstraint(
                name="own_food_magnesium_ug_per_100g_in_range",
                condition=Q(magnesium_ug_per_100g=None) | Q(magnesium_ug_per_100g__range=(0, MAX_ENTRY_UG)),
                violation_error_message="Magnesium lies between 0 and 20 000 mg per 100 g.",
            ),
            models.CheckConstraint(
                name="own_food_portion_weight_mg_in_range",
                condition=Q(portion_weight_mg=None) | Q(portion_weight_mg__range=(1, MAX_WEIGHT_MG)),
                violation_error_message="A portion weighs more than 0 g and at most 100 kg.",
            ),
        ]
        indexes = [models.Index(fields=["user", "name"], name="own_food_user_name")]

    def __str__(self) -> str:
        return self.name


class OwnProduct(models.Model):
    """A supplement of one person's. Never changed after it is made: an edit is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=200, validators=[validate_text])
    kind = models.CharField(max_length=12, choices=Product.Kind, default=Product.Kind.SUPPLEMENT)
    serving = models.CharField(max_length=80, validators=[validate_text])
    magnesium_ug_per_serving = models.BigIntegerField(
        "elemental magnesium a serving, µg", null=True, blank=True
    )
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            fits("name", 200, "own_product_name_fits"),
            fits("serving", 80, "own_product_serving_fits"),
            models.CheckConstraint(
                name="own_product_magnesium_ug_per_serving_in_range",
                condition=Q(magnesium_ug_per_serving=None)
                | Q(magnesium_ug_per_serving__range=(0, MAX_ENTRY_UG)),
                violation_error_message="A serving holds between 0 and 20 000 mg of magnesium.",
            ),
        ]
        indexes = [models.Index(fields=["user", "name"], name="own_product_user_name")]

    def __str__(self) -> str:
        return self.name


class OwnIngredient(IngredientLine):
    """A line of an own product's label."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    product = models.ForeignKey(OwnProduct, models.CASCADE, related_name="ingredients")

    objects = OwnedQuerySet.as_manager()

    class Meta(IngredientLine.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"line {self.position} of {self.product_id}"
