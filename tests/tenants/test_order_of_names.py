"""Names stand where Vietnamese people look for them, whatever order the database was made with."""

from flask import Flask
from sqlalchemy import select

from portal.db import db
from portal.tenants.agency import Agency
from portal.tenants.boundary import inside_ward
from portal.tenants.joining import add_agency
from portal.tenants.queries import agencies
from tests.cast import Browser, Cast


def test_agencies_stand_in_dictionary_order(app: Flask, cast: Cast) -> None:
    names = [
        "Đoàn",
        "Dân quân",
        "Ấp Hai",
        "Em bé",
        "Ăn ở",
        "An ninh",
        "Ban Ê",
        "Ông bà",
        "Ong vàng",
        "Ơn nghĩa",
    ]
    with app.app_context(), inside_ward(cast.north):
        for name in names:
            add_agency(name)
        for agency in db.session.scalars(select(Agency)):
            agency.position = 1
        expected = [
            "An ninh",
            "Ăn ở",
            "Ấp Hai",
            "Ban Ê",
            "Dân quân",
            "Đoàn",
            "Em bé",
            "Ong vàng",
            "Ông bà",
            "Ơn nghĩa",
        ]
        assert [one.name for one in agencies() if one.name in names] == expected
        db.session.rollback()


def test_people_stand_by_given_name(alice: Browser) -> None:
    for name in ("Vàng Văn Đa", "Bùi Thị Dần"):
        alice.post("/w/north/people", name=name, email=f"{name[0]}@north.example", role="viewer", agency="")
    page = alice.get("/w/north/people").text
    places = [page.index(f">{name}") for name in ("Bùi Thị Dần", "Vàng Văn Đa", "Lan Lãnh Đạo")]
    assert places == sorted(places)
