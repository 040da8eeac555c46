"""Before publishing: what must not stand in a public text (B.7). Patterns, no lists of people."""

import re
from collections.abc import Iterator
from datetime import date

from app.checks.finding import ERROR, HINT, WARNING, Finding
from app.checks.rule import Case, Prose, rule

_ID = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXxＸ]|\d{15})(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_MOBILE = re.compile(r"(?<![\d-])1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})(?!\d)")
_LONG = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){15,18}(?![0-9A-Za-z])")
_ACCOUNT = re.compile(r"账号|帐号|卡号|开户")
_CODE = re.compile(r"代码|索引号|文号|编号|编码|单号")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
_CONTACT = re.compile(r"电子邮箱|邮箱|联系|电话|邮编|地址|传真|e-?mail", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:申请人|原告|复议申请人|上诉人|第三人)(?:为|系|是|：)?"
    r"([赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹窦章潘葛范彭鲁韦马苗方"
    r"俞任袁柳唐薛雷贺倪汤滕罗毕郝安傅卞康伍余顾孟黄萧尹姚邵汪祁毛米贝戴宋庞熊纪舒屈项祝董梁杜阮蓝季"
    r"贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房丁邓洪包左石崔吉龚程邢裴陆荣翁段侯武刘龙叶黎"
    r"白蒲覃谭温庄阎文聂曾关游]"
    r"(?:某{1,2}|[\u4e00-\u9fff]{1,2}))(?=[，。；、（）\s]|因|于|不服|诉|申请|提出|向|等|$)"
)
_NO_NAME = re.compile(
    r"^(?:[管关温高任安方文项白黄金万余包时应]?"
    r"(?:理由|满意|情况|诉求|身份|资格|权利|权益|方面|意见|问题|合理|法权益|法|理|于|注|系|式|便|要求|事人))"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
_ADDRESS = re.compile(r"(?:住址|家住|住所地|户籍地)[^，。；\n]{0,30}?\d+[号室栋幢]")

_TERM = r"(?:\d{1,2}|[一二三五十]{1,3})年"
_MARK = re.compile(
    rf"(?:秘密|机密|绝密)\s*[★☆]|★\s*{_TERM}|(?<!国家)(?<!工作)(?<!商业)(?:秘密|机密|绝密)\s*{_TERM}"
)
_MARK_ALONE = re.compile(r"(?:^|\n)[ \u3000]*(?:秘密|机密|绝密)[ \u3000]*(?=\n|$)")
_FILE_MARK = re.compile(r"机密|绝密|(?<!国家)(?<!工作)(?<!商业)秘密(?![^.]*(?:保护|管理|条例))")
_WORD = re.compile(
    r"内部资料|内部文件|注意保管|不得外传|仅供内部|密级(?!审查|管理|确定|鉴定)|涉密文件《[^》]+》"
)


def _each(case: Case, pattern: re.Pattern[str]) -> Iterator[tuple[Prose, re.Match[str]]]:
    for prose in case.prose:
        for match in pattern.finditer(prose.text):
            yield prose, match


@rule("PRIV.IDCARD")
def identity_numbers(case: Case) -> Iterator[Finding]:
    """Identity numbers by date and check digit (GB 11643); credit codes have letters (B.7)."""
    for prose, match in _each(case, _ID):
        number = match[1].upper().replace("Ｘ", "X")
        if not _has_date(number):
            continue
        sure = len(number) == 18 and _CHECK[_remainder(number)] == number[17]
        message = (
            "正文含有居民身份证号码，公开前必须删去。"
            if sure
            else "正文有一串数字像居民身份证号码，请核对。"
        )
        yield prose.quoted("PRIV.IDCARD", ERROR if sure else WARNING, match.span(), message)


def _remainder(number: str) -> int:
    return sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11


def _has_date(number: str) -> bool:
    """Say whether the birthday in an identity number of 18 or 15 digits is a real day."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1900


@rule("PRIV.MOBILE")
def mobile_numbers(case: Case) -> Iterator[Finding]:
    """Mobile numbers; landlines with area code in the contact line are normal (B.7)."""
    for prose, match in _each(case, _MOBILE):
        message = "正文含有手机号码，请核对是否应当公开，联系电话宜用办公电话。"
        yield prose.quoted("PRIV.MOBILE", WARNING, match.span(), message)


@rule("PRIV.BANK")
def bank_accounts(case: Case) -> Iterator[Finding]:
    """16–19 digits that pass Luhn's test and are no identity number (B.7); an error near 账号."""
    for prose, match in _each(case, _LONG):
        digits = re.sub(r"\D", "", match[0])
        near = prose.text[max(match.start() - 12, 0) : match.start()]
        identity = len(digits) == 18 and _has_date(digits)
        if not _luhn(digits) or identity or _CODE.search(near):
            continue
        severity = ERROR if _ACCOUNT.search(near) else WARNING
        yield prose.quoted(
            "PRIV.BANK", severity, match.span(), "正文含有疑似银行账号，请删去或核对。"
        )


def _luhn(digits: str) -> bool:
    odd, even = digits[-1::-2], digits[-2::-2]
    total = sum(map(int, odd)) + sum(sum(divmod(2 * int(d), 10)) for d in even)
    return total % 10 == 0 and len(set(digits)) > 2


@rule("PRIV.MAIL")
def personal_mail(case: Case) -> Iterator[Finding]:
    """Mail addresses outside the contact line (B.7)."""
    for prose, match in _each(case, _MAIL):
        finding = prose.quoted(
            "PRIV.MAIL", HINT, match.span(), "正文含有电子邮箱，请核对是否应当公开。"
        )
        if not _CONTACT.search(re.sub(r"\s", "", finding.excerpt)):
            yield finding


@rule("PRIV.NAME")
def names_of_applicants(case: Case) -> Iterator[Finding]:
    """An applicant or plaintiff by name (B.7, design)."""
    for prose, match in _each(case, _PERSON):
        if not _NO_NAME.match(match[1]):
            message = f"正文疑似写出了当事人姓名“{match[1]}”，公开前请隐去。"
            yield prose.quoted("PRIV.NAME", HINT, match.span(), message)


@rule("PRIV.PLATE", "PRIV.ADDR")
def plates_and_homes(case: Case) -> Iterator[Finding]:
    """Number plates and home addresses (B.7)."""
    for prose, match in _each(case, _PLATE):
        yield prose.quoted(
            "PRIV.PLATE", HINT, match.span(), "正文含有疑似车牌号，请核对是否应当公开。"
        )
    for prose, match in _each(case, _ADDRESS):
        yield prose.quoted(
            "PRIV.ADDR", HINT, match.span(), "正文含有疑似个人住址，请核对是否应当公开。"
        )


@rule("SEC.MARK")
def secrecy_marks(case: Case) -> Iterator[Finding]:
    """A mark of secrecy with its term, alone at the top, or in the file name (B.7)."""
    for prose, match in [*_each(case, _MARK), *_each(case, _MARK_ALONE)]:
        message = "正文带有密级标志，涉密内容不得公开，请立即停止发布并核查来源。"
        yield prose.quoted("SEC.MARK", ERROR, match.span(), message)
    if _FILE_MARK.search(case.context.file_name):
        message = f"文件名“{case.context.file_name}”带有密级字样，请核查来源。"
        yield Finding("SEC.MARK", ERROR, "", message, cause="SEC.MARK")


@rule("SEC.WORD")
def words_of_inner_papers(case: Case) -> Iterator[Finding]:
    """Words of papers not meant for the public; 国家秘密, 保密审查 are the form's own (B.7)."""
    for prose, match in _each(case, _WORD):
        message = f"正文有“{match[0]}”字样，请核对是否引用了不宜公开的内容。"
        yield prose.quoted("SEC.WORD", WARNING, match.span(), message)


@rule("SEC.AGGR")
def many_figures_together(case: Case) -> Iterator[Finding]:
    """At review a reminder: figures together may say more than each of them (B.7)."""
    if case.context.reviewing:
        message = "送审提醒：请从数据汇聚的角度复核，单独可以公开的数字放在一起是否仍可公开。"
        yield Finding("SEC.AGGR", HINT, "", message, cause="SEC.AGGR")
