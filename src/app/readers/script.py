"""Traditional characters as simplified ones, for comparing labels; prose is never converted.

The table holds every traditional form (mainland, Hong Kong and Taiwan standards) of the characters
that occur in the labels, titles and hints of the forms and in the furniture of web pages. It was
made by listing those characters and looking each up in the OpenCC dictionaries (Apache-2.0).
"""

_TRADITIONAL = (
    "萬業個箇為舉義鄉於億會傳體關內決況減齣擊則製辦務動勵區單捲廳縣參蔘發髮衹隻檯臺號閤後員國處備"
    "復複獎審傢對導侷屬佈應廢開強噹當徵總執掃護報據數無機權條來構標欄樣覈檢沒瀏點現電眞碼確祕稱穩"
    "簽籤類係繫糾納組細織經結給統繼續維編繳網罰聯範獲穫補錶見規覽計認議許訟設訪識訴詞話詢請負責購"
    "費轉輯過這進踰郵埰採鎭鎮閉問頁項題額並裡裏檔"
)
_SIMPLIFIED = (
    "万业个个为举义乡于亿会传体关内决况减出击则制办务动励区单卷厅县参参发发只只台台号合后员国处备"
    "复复奖审家对导局属布应废开强当当征总执扫护报据数无机权条来构标栏样核检没浏点现电真码确秘称稳"
    "签签类系系纠纳组细织经结给统继续维编缴网罚联范获获补表见规览计认议许讼设访识诉词话询请负责购"
    "费转辑过这进逾邮采采镇镇闭问页项题额并里里档"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return text with the traditional characters of labels replaced, one for one."""
    return text.translate(_TABLE)
