# SPDX-License-Identifier: MIT
from dashboards.app import db


class Slice(db.Model):
    __tablename__ = "slices"
    id = db.Column(db.Integer, primary_key=True)
    slice_name = db.Column(db.String(250))
