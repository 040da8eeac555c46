"""What kind of office a report is from, and of which level, as far as its name tells."""

import re

from app.report import Report

GOVERNMENT, DEPARTMENT, TOWNSHIP, OTHER = "government", "department", "township", "other"
COUNTY, CITY = "county", "city"

_TOWN = re.compile(r"(?:镇|乡|苏木|街道)(?:人民政府|办事处|办|政府)?$")
_OFFICE = re.compile(r"(?:局|委员会|委|厅|部|办公室|院|中心|署|馆|支队|大队)$")
_COUNTY = re.compile(r"[县区旗]")
_HIGHER = re.compile(r"(?:自治区|地区|国家|中国|[省])")


def unit_type(report: Report) -> str:
    """Return the type that was chosen, else what the name tells; "" where it tells nothing."""
    chosen = report.text("unit_type")
    if chosen:
        return chosen
    name = report.org
    if _TOWN.search(name):
        return TOWNSHIP
    if name.endswith(("人民政府", "人民政府办公室", "政府办公室")):
        return GOVERNMENT
    return DEPARTMENT if _OFFICE.search(name) else ""


def level(report: Report) -> str:
    """Return "township", "county" or "city" (and above); "" where the name does not tell."""
    if unit_type(report) == TOWNSHIP:
        return TOWNSHIP
    rest = _HIGHER.sub("", report.org)
    if _COUNTY.search(rest) and not re.search(r"开发区|新区|示范区|管理区|园区", rest):
        return COUNTY
    return CITY if re.search(r"[市州盟]", rest) else ""
