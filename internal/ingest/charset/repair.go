package charset

import "whosaid/internal/news"

// Repair undoes damage to text and lists each place.
func Repair(text string) (string, []news.Repair) { return text, nil }

// RepairLike is Repair for parts of one text.
func RepairLike(string) func(string) (string, []news.Repair) { return Repair }
