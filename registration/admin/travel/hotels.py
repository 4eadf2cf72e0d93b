"""Hotels with their rooms and bills, and the travel budget of each edition."""

from django.contrib import admin

from conference.admin import CompactInline
from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from registration.admin.common.display import unlinked
from registration.admin.common.inlines import save_with_author
from registration.forms.travel import BudgetForm, HotelBillForm, HotelForm, HotelRoomForm, TravelRateForm
from registration.models import Hotel, HotelBill, HotelRoom, TravelBudget, TravelRate


class HotelRoomInline(CompactInline):
    model = HotelRoom
    form = HotelRoomForm
    fields = ["name", "beds", "is_step_free", "price"]


class HotelBillInline(CompactInline):
    model = HotelBill
    form = HotelBillForm
    fields = ["amount", "paid_on"]


@admin.register(Hotel)
class HotelAdmin(ListAdmin):
    form = HotelForm
    list_display = ["name", "edition", "phone"]
    list_filter = [of_edition()]
    list_select_related = ["edition"]
    inlines = [HotelRoomInline, HotelBillInline]

    def save_formset(self, request, form, formset, change):
        save_with_author(formset, HotelBill, "paid_by", request.user)


class TravelRateInline(CompactInline):
    """Part of the budget: with its rights."""

    model = TravelRate
    form = TravelRateForm
    fields = ["province", "amount"]
    extra = 3

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("registration.view_travelbudget")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("registration.change_travelbudget")

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(TravelBudget)
class TravelBudgetAdmin(ListAdmin):
    inlines = [TravelRateInline]
    form = BudgetForm
    list_display = ["edition", "amount", "currency"]
    list_select_related = ["edition"]
    fields = ["edition", ("amount", "currency"), ("for_a_night", "for_a_day"), *columns("terms"), "khmer_checked"]
    readonly_fields = ["edition_shown"]
    edition_shown = unlinked(TravelBudget, "edition")

    def get_fields(self, request, obj=None):
        may_choose = obj is None or self.has_change_permission(request, obj)
        return self.fields if may_choose else ["edition_shown", *self.fields[1:]]
