from django.template import Library

from registration.travel import amounts

register = Library()
register.filter(amounts.money)
