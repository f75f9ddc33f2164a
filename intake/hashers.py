"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with OWASP ASVS 5.0 Appendix C's t=2, m=19 MiB, p=1: two cores stay answerable at sign-in."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
