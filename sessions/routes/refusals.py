"""What can be wrong with a file that should hold a route."""

from django.utils.translation import gettext_lazy as _

from practice.web.refusals import Refused


class UnreadableFile(Refused):
    """The file holds no route that can be read."""

    code = "unreadable_file"
    message = _("This file could not be read. Choose a GPX or FIT file.")
    field = "file"
    status = 422


class EmptyFile(UnreadableFile):
    code = "empty_file"
    message = _("This file is empty. Export it again and choose the new file.")


class FileTooLarge(UnreadableFile):
    code = "file_too_large"
    message = _("This file is larger than 20 MB. Export the route alone, as GPX or FIT.")
    status = 413


class TooManyFiles(Refused):
    """So that no sign-in and no key fills the library or keeps the machine busy with files."""

    code = "too_many_files"
    message = _("You brought in 50 files within a day. Go on tomorrow, or ask a colleague.")
    field = "file"
    status = 429


class NotARouteFile(UnreadableFile):
    code = "not_a_route_file"
    message = _("This is neither a GPX nor a FIT file. Export the route as GPX or FIT and choose that file.")


class BrokenFile(UnreadableFile):
    code = "broken_file"
    message = _("This file breaks off or is damaged. Export it again and choose the new file.")


class ForbiddenXml(UnreadableFile):
    """A document type or an entity: no GPX needs one, and they are how XML attacks its reader."""

    code = "forbidden_xml"
    message = _("This file holds XML definitions that a GPX never needs, so it was not read.")


class NoLine(UnreadableFile):
    code = "no_line"
    message = _("This file holds no line to follow, only marked places or nothing at all.")


class TooManyPoints(UnreadableFile):
    code = "too_many_points"
    message = _("This file holds more than 200,000 points. Export a single route.")


class OffTheMap(UnreadableFile):
    code = "off_the_map"
    message = _("A point of this file lies outside the map: latitudes end at 90 degrees, longitudes at 180.")


class TooShort(UnreadableFile):
    code = "too_short"
    message = _("This line is shorter than 50 metres. Choose a file with the whole route.")


class TooLong(UnreadableFile):
    code = "too_long"
    message = _("This line is longer than 200 km. Choose a file with a single route.")
