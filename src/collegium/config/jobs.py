"""The house looks after itself: abandoned jobs, expired sessions."""

from django.core.management import call_command
from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queue="house", pass_context=True)
async def resume_abandoned_jobs(context: JobContext, timestamp: int) -> None:
    """Each minute: what a worker left half done because it was killed is done again; jobs may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queue="house")
def forget_expired_sessions(timestamp: int) -> None:
    """Each night: sessions nobody can use any more leave the database."""
    call_command("clearsessions")
