"""Signing in as staff do, page by page."""

from django.test import Client

LOGIN, CODE, APP, PASSWORD, GO_ON, ACCOUNT = (
    *("/admin/login/", "/admin/sign-in/code/", "/admin/sign-in/app/", "/admin/sign-in/password/"),
    *("/admin/sign-in/go-on/", "/admin/account/"),
)
RIGHT = "a long password"
STRANGER, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def visitor(address=STRANGER):
    return Client(REMOTE_ADDR=address)


def give_password(client, name="dara", password=RIGHT, **more):
    return client.post(LOGIN, {"username": name, "password": password, **more})


def is_in(client):
    return client.get("/admin/").status_code == 200


def sign_in(client, app=None):
    give_password(client)
    if app:
        client.post(CODE, {"code": app()})
    return client
