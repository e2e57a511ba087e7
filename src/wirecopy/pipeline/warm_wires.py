"""Read once, for the processes that the pool forks to read wire text: the agencies, the gazetteer, the lists of words.

Importing this module reads a story, so that whatever a first story loads is loaded before the fork and shared after it.
What only pages need, above all the model of languages, is left to `warm`.
"""

from __future__ import annotations

import os
from contextlib import suppress

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process that forks must have one thread: said before numpy loads

from wirecopy.errors import WirecopyError
from wirecopy.model import Origin
from wirecopy.pipeline.work import WireJob, make

_STORY = b"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS NEWID="1"><DATE>26-FEB-1987 15:01:01.79</DATE><TOPICS><D>ship</D></TOPICS><TEXT>
<TITLE>HARBOUR STAYS SHUT</TITLE><AUTHOR>By Ann Lee</AUTHOR><DATELINE>    OSLO, Feb 26 - </DATELINE><BODY>The harbour of
Oslo will stay shut on Monday, its master (Mr Holm) said, since the ice has not gone out of it yet. The port lost 3 mln dlrs.
</BODY></TEXT></REUTERS>
"""

with suppress(WirecopyError):  # what is missing is told by the first real story
    make(WireJob(data=_STORY, name="", origin=Origin()))
