# SPDX-License-Identifier: MIT
"""The tables as they were before there were migrations; never changed again."""
from sqlalchemy import (BigInteger, CheckConstraint, Column, Float, ForeignKey, Integer,
                        PrimaryKeyConstraint, String)
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Experiment(Base):
    __tablename__ = "experiments"
    __table_args__ = (
        CheckConstraint("lifecycle_stage IN ('active', 'deleted')",
                        name="experiments_lifecycle_stage"),
        PrimaryKeyConstraint("experiment_id", name="experiment_pk"),
    )
    experiment_id = Column(Integer, autoincrement=True)
    name = Column(String(256), unique=True, nullable=False)
    lifecycle_stage = Column(String(32), default="active")


class Run(Base):
    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint("status IN ('SCHEDULED', 'FAILED', 'FINISHED', 'RUNNING')", name="status"),
        PrimaryKeyConstraint("run_uuid", name="run_pk"),
    )
    run_uuid = Column(String(32), nullable=False)
    status = Column(String(20), default="SCHEDULED")
    start_time = Column(BigInteger)
    experiment_id = Column(Integer, ForeignKey("experiments.experiment_id"))


class Metric(Base):
    __tablename__ = "metrics"
    __table_args__ = (PrimaryKeyConstraint("key", "timestamp", "run_uuid", name="metric_pk"),)
    key = Column(String(250))
    value = Column(Float, nullable=False)
    timestamp = Column(BigInteger)
    run_uuid = Column(String(32), ForeignKey("runs.run_uuid"))
