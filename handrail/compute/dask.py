"""Runs blocks on a Dask cluster that somebody else keeps: needs the package distributed, which is optional."""

from collections.abc import Callable, Iterable, Iterator

from distributed import Client

from handrail.engines.matching.scan import Block

# A block that took a worker down with it so often is not tried again.
TRIES = 4


class DaskRunner:
    """One connection for the life of the process. What the blocks share is itself a task, so that whatever a worker
    that dies had of it is made again elsewhere."""

    def __init__(self, address: str) -> None:
        self._client = Client(address, set_as_default=False)

    def __call__(self, work: Callable[[int], Block], starts: Iterable[int]) -> Iterator[Block]:
        shared = self._client.submit(_kept, work, pure=False, retries=TRIES)
        blocks = [self._client.submit(_block, shared, start, pure=False, retries=TRIES) for start in starts]
        for block in blocks:
            yield block.result()

    def wait_for(self, workers: int) -> None:
        """Until so many workers are there."""
        self._client.wait_for_workers(workers)

    def close(self) -> None:
        """Leave the cluster; it goes on."""
        self._client.close()


def _kept(work: Callable[[int], Block]) -> Callable[[int], Block]:
    return work


def _block(work: Callable[[int], Block], start: int) -> Block:
    return work(start)
