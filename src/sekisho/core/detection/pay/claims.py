"""Whether an amount is offered for the work, or is the price, budget, target, fee or income of something or somebody else."""

from __future__ import annotations

import re

BEFORE, AFTER = 40, 24
"""Code points before and after an amount that are looked at, within its sentence."""

_PAY = re.compile(
    r"時給|日給|日当|週給|月給|月収|報酬|謝礼|薄謝|ギャラ|お礼|お支払|支払い|単価(?<!客単価)|固定(?!費)|給与|給料|稼げ|稼ぐ|収入|お渡し|差し上げ|謝金|一式|保証|予算|依頼料"
    r"|(?<!テスト)1(?:件|記事|本|枚|文字|ページ|点|回|個)|\b(?:pay(?:s|ing|ment)?|paid|rate|rates|salary|wages?|compensation|earn(?:s|ing|ings)?|reward|"
    r"fixed|flat|budget|remuneration|honorarium|stipend|make|offer(?:ing|s)?|bounty|retainer)\b"
)
_OTHER_BEFORE = re.compile(
    r"価格|定価|売価|値段|販売|売り?値|(?:広告|宣伝|マーケティング|仕入れ?|材料|撮影|開発|運用|出稿|商品|制作|旅行|プロモーション|リスティング|衣装|備品|イベント|会場|機材)(?:の|等の)?(?:月間?)?(?:ご?予算|費用?|コスト)|広告"
    r"|売上|売り上げ|売れ|年商|月商|日商|目標|ノルマ|客単価|平均単価|手数料|送料|配送料|割引|値引|オフ|クーポン|ポイント|登録料|登録費|研修(?:費|料)|教材|保証金|入会金|入会費"
    r"|参加(?:費|料)|受講(?:料|費)|会費|家賃|賃料|資本金|利用料|使用料|初期費用|購入|買(?:う|い|って|取)|経費|仕入|原価|コストは|調達|投資|出資|元手|借入|融資|ローン|貯金|貯蓄"
    r"|先輩|受講生|他の(?:方|ワーカー|メンバー)|メンバーは|新卒|平均年収|罰金|違約金|キャンセル料|入場|チケット|宿泊|ランチ|ディナー|コース(?:は|料金|が)|メニュー|交通費|立て?替え|デポジット"
    r"|審査料|年会費|月会費|代金|費用(?:は|が|として)|料金(?:は|表|プラン|が)|プラン(?:は|が|:)?|残高|賞金|賞品|優勝|当選|補助金|助成金|助成|給付|支援金|節約|年俸|時価|評価額|被害|詐欺|損失|赤字|黒字|利益|粗利|営業利益|市場規模"
    r"|お買い?上げ|課金|月謝|チャージ|現金残高|ギフト券|口座|最低賃金|相場は|世間|求人広告|入金|キット代?|テキスト代|システム代|ソフト代|代として|時計|バッグ|電気代|通信費|保険料|税金|税額|納税|国保|年金|扶養|103万|130万の壁"
    r"|\b(?:prices?|priced|pricing|costs?|costing|sells?|sold|selling|retail(?:s|ing)?|rrp|worth|valued|turnover|turns? over|revenue|sales|targets?|goal|aim(?:s|ing)?"
    r"|raised?|raising|funding|funded|discount|coupon|voucher|off|shipping|postage|delivery|rent|tickets?|subscription|membership|members? pay|invest(?:s|ed|ment|ing)?|savings?"
    r"|saved?|spends?|spent|spending|donat\w+|profits?|income of|margin|average order|basket|deposit|licen[cs]e|kit|buy(?:s|ing)?|bought|purchase[sd]?|charge[sd]?|customers? pay(?:s|ing)?|guests? pay"
    r"|(?:ad|ads|advertising|advert|marketing|media|production|campaign|annual|wedding|travel|renovation|promotion|ppc|facebook|google|printing|catering|event)(?: ads?)? (?:budget|spend)"
    r"|(?:service|platform|registration|training|application|sign-?up|joining|membership|entry|processing|late|admin(?:istration)?|starter|enrol?ment|course|verification|refundable"
    r"|transaction|transfer|handling|annual|monthly membership) (?:fee|fees|cost|costs|charge)|our (?:top|best|other)|members (?:earn|make)|students (?:earn|make|made)|my friend|mortgage|loan|prize|grant|plans? (?:start|from|at)"
    r"|household|earned last|made last|net worth|listed (?:at|for)|you(?:'ll| will)? (?:need to|must|have to) pay|insurance|tuition|room rates?|menu|dish(?:es)?|meals?|courses? (?:at|from|for)|bottles?|hotel|over £|orders? (?:over|above))\b"
)
_OTHER_AFTER = re.compile(
    r" ?(?:以上|以下)?(?:お買い?上げ|のお?買い物|の?ご?購入|(?:以上)?で送料|引き|オフ|off(?![a-z])|割引|(?:→|から|に|へ)?.{0,8}値(?:下|上)げ|の売上|の売り上げ|を売り上げ|の広告|の予算で(?:広告|運用)|の手数料|が?かかり|の費用|の負担|のご負担|がご?必要|をご?負担|が引かれ|を差し引"
    r"|で販売|で売|の価格|均一|分のポイント|相当|の交通費|の経費|玉|札|ショップ|の商品|の?クーポン|の賞金|の(?:サブスク|サービス|アプリ|会費|プラン|ジム|スクール|講座|サロン|物件|会員)|を達成|の入会金|の教材|のコース|をお?(?:支払い|振り?込み)(?:いただ|頂|ください|下さい|して)"
    r"|を?お支払いいただ|の家賃|の資本金|を投資|の資金|で購入|を?購入|の目標|の月商|の年商|稼いだ|稼いでいた|で買|でご提供|で提供|の定食|のランチ|の被害|の契約を|の利益|の節約|の損失|の壁"
    r"|(?: a month| per month| each month)?(?: in| of)? ?(?:sales|revenue|turnover|profit|funding|savings|debt|donations|seed|prize)\b| (?:off|discount|worth|deposit|ticket|gift|licen[cs]e|raised|prize|refund"
    r"|subscription|membership|voucher|coupon|course|kit|fee|ad budget|ads?\b|ad spend|shop|store|product|range|laptop|phone|watch|bag|lamp|camera|book|dress|shoes|bottle|house|car|bike)\b| (?:a|per|each) ?(?:night|ticket|seat|head|bottle|box|bag|unit|pair|kilo|litre|plate|class for|glass)\b)"
)
_NOUN = re.compile(
    r"(?:の|する)(?!お?仕事|案件|報酬|固定|謝礼|作業|お礼|ギャラ|時給|日給|月給|月収|依頼|お支払|単発|予定|予算|範囲|間|お約束|保証|計算|報奨|見込|ため|で|が|は|ご?提示|収入|継続|単価|一律|みで|高額|お渡し|プロジェクト|契約|成果|ボーナス|翻訳|支払)"
)
_GOODS = re.compile(r"(?:1|一)(?:個|箱|杯|皿|袋|台|着|玉|瓶|足)|商品単価|客単価|平均単価")
"""Units that goods are sold by as well as work is paid by."""

_DETERMINED = re.compile(r"\b(?:an?|our|the|this|your|their|his|her|my|of|these) ?$")
_PAY_NOUN = re.compile(
    r" ?-?(?:(?:us )?(?:fixed|flat|budget|project|hourly|daily|weekly|monthly|bonus|payment|rate|total|per|job|gig|contract|one-off|for|a|an|each|in|on|plus|upon|when|to|by|and|or|as|via|if|is|after|reward"
    r"|bounty|retainer|salary|honorarium|stipend|minimum|tip)\b|[/.,;:!?)+-]|$)"
)


def is_pay(text: str, start: int, end: int, *, unit: str) -> bool:
    """Whether the amount in [start, end) of a folded text is pay for the work; its words of unit are inside the span."""
    before = text[max(0, start - BEFORE) : start]
    cut = max(before.rfind(stop) for stop in "\n。!?;") + 1
    period = before.rfind(". ")
    before = before[max(cut, period + 1 if period >= 0 else 0) :]
    after = text[end : end + AFTER]
    span = text[start:end]
    if _GOODS.match(span) and (_NOUN.match(after) or "単価" in span):
        return False
    if _OTHER_AFTER.match(after):
        return False
    other, pay = _last(_OTHER_BEFORE, before), _last(_PAY, before)
    told = _PAY.search(span) is not None
    if other >= 0 and other >= pay and not (told and _apart(before, other)):
        return False
    if unit or pay >= 0 or told:
        return True
    if _NOUN.match(after):
        return False
    return not (_DETERMINED.search(before) and not _PAY_NOUN.match(after))


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; -1 for none."""
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _apart(before: str, end: int) -> bool:
    """Whether a comma stands between the word of another thing and the amount."""
    return any(mark in before[end:] for mark in "、,)」』")
