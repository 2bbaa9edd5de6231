"""Answering a turn: from a question to an answer with the next state."""

import time
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread

from advisor import IndexGone
from advisor.channels.journal import Journal
from advisor.channels.web.conversation import ConversationSeal
from advisor.channels.web.exchange import Answer, Question, opening
from advisor.channels.web.holder import Holder, Loaded
from advisor.channels.web.metrics import Metrics
from advisor.channels.web.problems import ServiceProblem

# Answering is computing: more threads in one process only get in each other's way. Where it waits for
# a cluster, others can go on meanwhile.
_THREADS, _THREADS_WAITING = 1, 8


class Turns:
    """Answers questions in threads, so that slow ones do not hold up the rest of the service."""

    def __init__(
        self,
        holder: Holder,
        seal: ConversationSeal,
        metrics: Metrics,
        journal: Journal | None,
        max_waiting: int,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._holder = holder
        self._seal = seal
        self._metrics = metrics
        self._journal = journal
        self._max_waiting = max_waiting
        self._timer = timer
        self._waiting = 0
        self._threads: CapacityLimiter | None = None

    async def take(self, question: Question, accepted: str | None) -> bytes:
        """Return the answer as JSON; raises ServiceProblem."""
        if self._waiting >= self._max_waiting:
            raise ServiceProblem("busy", f"{self._waiting} questions are waiting", {"Retry-After": "1"})
        if self._threads is None:
            index = self._holder.current.advisor.index
            self._threads = CapacityLimiter(_THREADS_WAITING if index and index.is_remote else _THREADS)
        self._waiting += 1
        self._metrics.waiting.set(self._waiting)
        try:
            return await to_thread.run_sync(
                self._answer, self._holder.current, question, accepted, limiter=self._threads
            )
        finally:
            self._waiting -= 1
            self._metrics.waiting.set(self._waiting)

    def _answer(self, loaded: Loaded, question: Question, accepted: str | None) -> bytes:
        try:
            return self._answered(loaded, question, accepted)
        except IndexGone:  # two generations on: what is in use now answers
            return self._answered(self._holder.renew(loaded), question, accepted)

    def _answered(self, loaded: Loaded, question: Question, accepted: str | None) -> bytes:
        started = self._timer()
        advisor = loaded.advisor
        if question.state is None:
            state = opening(advisor, question.programme, question.language, accepted)
        else:
            state = self._seal.open(question.state, advisor, loaded.fingerprint)
            if question.language is not None:
                state = state.model_copy(update={"fixed_language": question.language})
        chat = advisor.resume(state)
        reply = chat.ask(question.text)
        answer = Answer.model_construct(**dict(reply), state=self._seal.seal(chat.state, loaded.fingerprint))
        if self._journal is not None:
            self._journal.note(question.text, reply)
        self._metrics.turns.labels(reply.kind, reply.language).inc()
        self._metrics.turn_seconds.observe(self._timer() - started)
        return answer.model_dump_json().encode()
