"""How long a password of staff must be, said in the digits of the reader's language."""

from django.contrib.auth.password_validation import MinimumLengthValidator

from conference.words import digits


class MinimumLength(MinimumLengthValidator):
    def get_help_text(self) -> str:
        return digits(super().get_help_text())

    def get_error_message(self) -> str:
        return digits(super().get_error_message())
