"""The words of pay that both readers of amounts share: what it is paid per, in which currency. Patterns over folded text."""

from __future__ import annotations

JA_LABELS = {
    "hour": "時給|時間給|1時間|一時間|毎時",
    "day": "日給|日当|日収|1日|一日|毎日",
    "week": "週給|毎週|1週間|一週間|週に",
    "month": "月給|月収|月額|月に|毎月|ひと月|1か月|1ヶ月|1カ月|一か月|一ヶ月|月々",
}
"""Japanese words before an amount that say what it is paid per."""

EN_UNITS = {
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "h": "hour", "hourly": "hour",
    "day": "day", "daily": "day", "week": "week", "wk": "week", "weekly": "week",
    "month": "month", "mo": "month", "mth": "month", "monthly": "month",
}  # fmt: skip
"""English words for stretches of time that pay is for."""

CURRENCIES = {
    "JPY": "円|圓|えん|エン|¥|yen\\b|jpy\\b",
    "USD": "us\\$|\\$|usdt?\\b|us dollars?\\b|dollars?\\b|bucks\\b|米?ドル|cents?\\b|¢",
    "EUR": "€|eur\\b|euros?\\b|ユーロ",
    "GBP": "£|gbp\\b|pounds?\\b|quid\\b|ポンド",
}
"""Marks of each currency, before or after a number."""
