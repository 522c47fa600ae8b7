# SPDX-License-Identifier: MIT
import asyncio

import pgmend.aio
import pytest


def test_the_same_for_asyncio(engine, models, server):
    async def all_of_it():
        before = await pgmend.aio.verify(engine, models, scratch=server)
        with pytest.raises(pgmend.SchemaMismatch):
            await pgmend.aio.assert_schema(engine, models, scratch=server)
        models.create_all(engine)
        engine.dispose()
        return before, await pgmend.aio.ensure(engine, models, scratch=server)

    before, after = asyncio.run(all_of_it())
    assert not before.ok and after.ok


def test_errors_and_a_run_that_is_cancelled(url, tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text("tables: {users: {columns: {email: text}}}\n")

    async def cancelled():
        with pytest.raises(pgmend.Error) as caught:
            await pgmend.aio.verify(url, options=["--stritc"])
        assert caught.value.code == "usage"
        with pytest.raises(pgmend.Error) as caught:
            await pgmend.aio.verify(url, spec, options=["--wait", "60s"], timeout=0.5)
        assert caught.value.code == "timeout"
        task = asyncio.ensure_future(pgmend.aio.verify(url, spec, options=["--wait", "60s"]))
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
