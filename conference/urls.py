from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.views.static import serve

from conference import views
from conference.accounts import desk_codes, links, own, sign_in
from conference.keeping import offline
from conference.rooms_above import apps_above
from conference.serving import converters, media, well_known
from conference.staff import guide, tour
from conference.staff.list_admin import autocomplete

# Before the addresses of the other rooms are read, which are written with them.
register_converter(converters.Year, "year")
register_converter(converters.Key, "key")

edition_pages = [
    path("", views.home, name="home"),
    path("background/", views.background, name="background"),
    path("organizers/", views.organizers, name="organizers"),
    path("participants/", views.participants, name="participants"),
    path("events/", views.other_events, name="other_events"),
    path("pages/<slug:slug>/", views.page, name="page"),
]

conference_pages: list[URLPattern | URLResolver] = [
    path("", views.home, name="current"),
    path("editions/", views.editions, name="editions"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline.js", offline.worker, name="offline_worker"),
    path("<year:year>/saved/", offline.saved, name="saved"),
    path("<year:year>/", include(edition_pages)),
]

urlpatterns = [
    path("", views.choose_language),
    path("healthz", views.health, name="health"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("", include("registration.machine_urls")),
    # Before the admin's own, which take every address under theirs.
    path("", include("registration.desk_urls")),
    path("", include("registration.paper_urls")),
    path("language/", include("django.conf.urls.i18n")),  # the admin's language switch
    path("admin/autocomplete/", autocomplete),  # before Django's own at the same address
    path("admin/guide/", guide.page, name="staff_guide"),
    path("admin/first-steps/", tour.page, name="first_steps"),
    path("admin/login/", sign_in.sign_in, name="sign_in"),  # before Django's own at the same address
    path("admin/sign-in/code/", sign_in.code, name="sign_in_code"),
    path("admin/sign-in/app/", sign_in.app, name="sign_in_app"),
    path("admin/sign-in/password/", sign_in.new_password, name="sign_in_password"),
    path("admin/sign-in/go-on/", sign_in.go_on, name="sign_in_go_on"),
    path("admin/volunteer/<token>/", desk_codes.sign_in, name="volunteer"),
    path("admin/desk/volunteers/", desk_codes.page, name="volunteers"),
    path("admin/forgotten/", links.forgotten, name="forgotten"),
    path("admin/new-password/<uidb64>/<token>/", links.NewPassword.as_view(), name="new_password"),
    path("admin/account/", own.page, name="account"),
    # Before Django's own at the same address.
    path("admin/password_change/", admin.site.admin_view(own.OwnPassword.as_view()), name="own_password"),
    path("admin/auth/user/<key:pk>/new-link/", links.new_link, name="new_link"),
    path("admin/", admin.site.urls),
    # Nothing else is served than what lies under names of our own: pictures of speakers and places, and logos, which
    # we draw anew; and what staff send as it is.
    re_path(
        r"^media/(?P<path>pictures/[0-9a-f]{32}(?:-[0-9]+)?\.(?:jpg|png|webp))$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
    re_path(r"^media/(?P<path>recordings/[0-9a-f]{32}\.(?:mp3|m4a|ogg))$", media.sent_file),
    re_path(
        r"^media/(?P<path>materials/[-a-zA-Z0-9_]{1,80}-[0-9a-f]{32}\.(?:pdf|pptx|docx|xlsx|odp|odt|ods))$",
        media.sent_file,
    ),
]

urlpatterns += i18n_patterns(
    path("", include((conference_pages, "conference"))),
    path("<year:year>/", include("agenda.urls")),
    path("<year:year>/draft/", include("agenda.urls", namespace="draft"), {"draft": True}),
    path("<year:year>/draft/pages/", include((edition_pages, "draft_pages")), {"draft": True}),
    *(
        path(
            f"<year:year>/draft/{phase}/",
            include("registration.preview_urls", namespace=phase),
            {"draft": True, "phase": phase},
        )
        for phase in ("before", "open")
    ),
    *(path("", include(f"{app}.urls")) for app in apps_above()),
    path("", include("registration.urls")),
)

handler400 = "conference.serving.errors.bad_request"
handler403 = "conference.serving.errors.not_allowed"
handler404 = "conference.serving.errors.not_found"
handler500 = "conference.serving.errors.server_error"
