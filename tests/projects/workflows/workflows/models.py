# SPDX-License-Identifier: MIT
from sqlalchemy import (JSON, Boolean, CheckConstraint, Column, DateTime, Float, ForeignKey,
                        ForeignKeyConstraint, Index, Integer, LargeBinary, MetaData, String, Text,
                        UniqueConstraint, text)
from sqlalchemy.orm import declarative_base

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_uq",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}
Base = declarative_base(metadata=MetaData(naming_convention=NAMING))


def StringID(length=250):
    return String(length, collation="C")


class Dag(Base):
    __tablename__ = "dag"
    __table_args__ = (Index("idx_next_run", "next_run"),)
    dag_id = Column(StringID(), primary_key=True)
    is_paused = Column(Boolean, nullable=False, server_default="0")
    next_run = Column(DateTime(timezone=True))
    owners = Column(String(2000))
    max_active_runs = Column(Integer, nullable=False, server_default=text("16"))


class DagRun(Base):
    __tablename__ = "dag_run"
    __table_args__ = (
        UniqueConstraint("dag_id", "run_id", name="dag_run_dag_id_run_id_key"),
        CheckConstraint("state IN ('queued', 'running', 'success', 'failed')", name="state"),
        Index("idx_dag_run_running", "state", "dag_id", postgresql_where=text("state='running'")),
    )
    id = Column(Integer, primary_key=True)
    dag_id = Column(StringID(), ForeignKey("dag.dag_id", name="dag_run_dag_fkey",
                                           ondelete="CASCADE"), nullable=False)
    run_id = Column(StringID(), nullable=False)
    state = Column(String(50), server_default="queued", nullable=False)
    conf = Column(JSON)
    queued_at = Column(DateTime(timezone=True))


class TaskInstance(Base):
    __tablename__ = "task_instance"
    __table_args__ = (
        ForeignKeyConstraint(["dag_id", "run_id"], ["dag_run.dag_id", "dag_run.run_id"],
                             name="task_instance_dag_run_fkey", ondelete="CASCADE"),
        Index("ti_state_lkp", "dag_id", "task_id", "run_id", "state"),
    )
    dag_id = Column(StringID(), primary_key=True)
    task_id = Column(StringID(), primary_key=True)
    run_id = Column(StringID(), primary_key=True)
    map_index = Column(Integer, primary_key=True, server_default=text("-1"))
    state = Column(String(20))
    duration = Column(Float)
    executor_config = Column(LargeBinary)
    note = Column(Text)
