from django.urls import path

from registration.views import agreement, certificate, change, find, invitation, others, own, sign_up, statements

app_name = "registration"
urlpatterns = [
    path("<year:year>/accessibility/", statements.accessibility, name="accessibility"),
    path("<year:year>/privacy/", statements.privacy, name="privacy"),
    path("<year:year>/register/", sign_up.register, name="register"),
    path("<year:year>/register/thanks/", sign_up.thanks, name="thanks"),
    path("<year:year>/register/guardian/", sign_up.guardian, name="guardian"),
    path("<year:year>/register/about-participants/", sign_up.about_participants, name="about_participants"),
    path("<year:year>/register/others/", others.others, name="others"),
    path("<year:year>/register/others/thanks/", others.thanks, name="others_thanks"),
    path("<year:year>/register/find/", find.find, name="find"),
    path("registration/", own.page, name="own"),
    path("registration/ticket/", own.ticket, name="own_ticket"),
    path("registration/leave/", own.leave, name="own_leave"),
    path("registration/left/", own.left, name="left"),
    path("registration/accept/", own.accept, name="own_accept"),
    path("registration/code/", own.say_code, name="own_code"),
    path("registration/cancel/", own.cancel, name="own_cancel"),
    path("registration/data.json", own.download, name="own_data"),
    path("registration/calendar.ics", own.calendar, name="own_calendar"),
    path("registration/certificate.pdf", certificate.own_certificate, name="own_certificate"),
    path("c/<str:code>/", certificate.verify, name="certificate"),
    path("registration/arrangements/", own.arrangements, name="own_arrangements"),
    path("registration/erase/", own.erase, name="own_erase"),
    path("registration/change/", change.answers, name="own_change"),
    path("registration/needs/", change.needs, name="own_needs"),
    path("registration/travel/", change.travel, name="own_travel"),
    path("registration/agreements/", change.agreements, name="own_agreements"),
    path("registration/ask/", change.ask, name="own_ask"),
    path("registration/new-link/", own.renew_link, name="own_renew"),
    path("registration/data/", own.data, name="own_data_page"),
    path("<year:year>/register/agreement/<str:version>/", agreement.wording, name="wording"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("registration/<str:token>/", own.link, name="own_link"),
]
