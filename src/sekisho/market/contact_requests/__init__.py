"""サービス外連絡申請: the lawful way to an outside tool."""
