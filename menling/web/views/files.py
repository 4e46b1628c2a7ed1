"""Photos and signatures of cases one may see."""

from django.http import FileResponse, HttpResponse

from menling.doorway.doing import NotThere
from menling.journal.cases import visible_to
from menling.journal.files import path_of
from menling.journal.models import Attachment
from menling.web.session import StaffRequest, staff_page


@staff_page()
def file(request: StaffRequest, digest: str) -> HttpResponse:
    """Return a picture by its digest."""
    row = Attachment.objects.filter(digest=digest, case__in=visible_to(request.actor)).first()
    if row is None or not path_of(digest).exists():
        raise NotThere(digest)
    answer = FileResponse(path_of(digest).open("rb"), content_type=row.mime)
    answer["Cache-Control"] = "private, max-age=86400"
    return answer  # type: ignore[return-value]  # a response all the same
