package charset

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"whosaid/internal/news"
)

// misread reads UTF-8 as if it were in m.
func misread(t *testing.T, m *charmap.Charmap, text string) string {
	t.Helper()
	var out strings.Builder
	for _, b := range []byte(text) {
		r := m.DecodeByte(b)
		if r == '\uFFFD' {
			r = rune(b) // as browsers do with the gaps of windows-1252
		}
		out.WriteRune(r)
	}
	return out.String()
}

// English text of news with the characters that usually suffer.
var sound = []string{
	"“We will stay,” Mara Ostrin said, “until May.”",
	"The minister’s spokesman – a former judge – said: “It’s over… for now.”",
	"A café in Zürich charged €4.50, the mayor of São Tiago told El Día.",
	"Señora Peña’s naïve façade; coöperation — ‘so-called’ — £3bn, 20°C, ½ price.",
	"“Voilà,” she said. “À la vôtre, Ángel!”",
	"Łódź, Poznań and Kraków: Mr Wałęsa’s “Solidarność” and Škoda’s Plzeň",
}

func TestRepairUndoesMisreading(t *testing.T) {
	for _, m := range []*charmap.Charmap{charmap.Windows1252, charmap.ISO8859_1, charmap.CodePage437, charmap.Macintosh} {
		for _, text := range sound {
			if m == charmap.Macintosh && strings.ContainsAny(text, "Ł½") {
				continue // its marks are too like those of correct text
			}
			once := misread(t, m, text)
			if got, _ := Repair(once); got != text {
				t.Errorf("%v once\n got %q\nwant %q\nfrom %q", m, got, text, once)
			}
			if m == charmap.Macintosh {
				continue
			}
			twice := misread(t, m, once)
			if got, _ := Repair(twice); got != text {
				t.Errorf("%v twice\n got %q\nwant %q\nfrom %q", m, got, text, twice)
			}
		}
	}
}

func TestRepairUndoesMisreadingOfOtherScripts(t *testing.T) {
	for _, text := range []string{
		"Премьер-министр сказал: «Мы останемся до мая».",
		"Ο υπουργός είπε ότι «θα μείνουμε» ως τον Μάιο.",
		"قال الوزير إن «الاتفاق» انتهى، وأضاف أن المحادثات مستمرة.",
		"השר אמר כי ההסכם הסתיים.",
		"部长说：“我们将留下来。”",
		"장관은 협상이 끝났다고 말했다.",
		"मंत्री ने कहा कि समझौता समाप्त हो गया है।",
	} {
		for _, m := range []*charmap.Charmap{charmap.Windows1252, charmap.CodePage437} {
			if got, _ := Repair(misread(t, m, text)); got != text {
				t.Errorf("%v\n got %q\nwant %q", m, got, text)
			}
		}
	}
}

func TestRepairLeavesSoundTextAlone(t *testing.T) {
	for _, text := range append([]string{
		"",
		"Plain words only.",
		"A decisão foi tomada em SÃO TOMÉ; “A MANHÃ…” escreveu a IRMÃ”. AMANHÃ»",
		"«POMPÂ» ROMÂNIA, litera «Â» și „urâ…” – CÂMPULUNG",
		"« Voilà », dit-il. « C’est l’été à Écouen… » CAFÉ” DÉJÀ…",
		"L’été “État” «État» l’été—é…à l’Élysée, «È»",
		"Straße, Spaß“, „Äußerst“, ‚Übel‘, ÄRGER”, „SPÄ“",
		"HYVÄ” TÄMÄ… PÅ” SMÖRGÅS» Å’s",
		"Úžasný, Ížek, ÚŽAS, Žižkov, šéf, „Äž“",
		"¿Qué dijo? «No», respondió él. ¡Año! ESPAÑA… 1.º 2.ª NESTLÉ® É² CAFÉ™",
		"İstanbul’da “ŞĞIİÖÜÇ” dedi; ığdır",
		"Nghị sĩ Nguyễn Thị Ánh nói: “Đã đến lúc.” CÃI ÂN ĐÔ",
		"Премьер «сказал» — „да“. Україна, ґанок, Ђорђе",
		"Ο πρωθυπουργός είπε: «Ναι». Γέφυρα ΓΕΡΜΑΝΙΑ Γ’",
		"می\u200cخواهم به خانه\u200cها بروم. \u200fقال: «نعم»\u200f.",
		"השר אמר: „כן”. \u200eABC\u200e",
		"क्\u200dष श्री\u200cमान ने कहा",
		"👩\u200d👩\u200d👧 🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F ✌️",
		"他说：“好。”「東京」",
		"ภาษา\u200bไทย",
		"┌─┐│x│└─┘ ╔═╗║ ╚╝ ╒╕ ╓╖ ├┤ ─┐ ┬│ ╨╤",
		"2√π, √ß, x√2, ∫≈∞ ¬p ∧ ¬∞, α≥β, Δx≤ε, ±∞",
		"3×½ 2×² Ø½ 10 µm… 5 £™ €£ 40 °C",
		"Łódź Gdańsk „Tak” Škoda Čapek Őr űr",
		"Garður Þór Æðey ð… “Ð”",
		"Õ ã õ Ã Â à â Ñ ñ",
		"naïf…» maïs… Haïti» Zaïre” Dubaï…",
		"E. coli; “Ã” e “Â” são letras. A letra Ã… e a letra Â.",
	}, sound...) {
		if got, repairs := Repair(text); got != text || len(repairs) > 0 {
			t.Errorf("Repair(%q)\n = %q, %v", text, got, repairs)
		}
	}
}

func TestRepairCleans(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"would likely┬áprevent such a conflict", "would likely prevent such a conflict"},
		{"â€œHello,â€ he said. â€œYes.â€\u009d", "“Hello,” he said. “Yes.”"},
		{"â€œHello,â€\uFFFD he said", "“Hello,” he said"},
		{"a longâ€term plan, â€œso to sayâ€.", "a long‐term plan, “so to say”."},
		{"He left.Â The rest stayed.Â  So.", "He left. The rest stayed.  So."},
		{"donÂ’t, Â“soÂ”", "don’t, “so”"},
		{"the \uFB01rst o\uFB03ce, a dif\uFB01cult re\uFB02ex, ba\uFB04ed", "the first office, a difficult reflex, baffled"},
		{"nu\x00ll and be\x07ll\x7f", "null and bell"},
		{"co\u00ADop\u200Beration\uFEFF \u200Ehere\u202C", "cooperation here"},
		{"\u0093So it is,\u0094 he said\u0085", "“So it is,” he said…"},
		{"one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"},
	} {
		if got, _ := Repair(c.in); got != c.want {
			t.Errorf("Repair(%q)\n = %q\nwant %q", c.in, got, c.want)
		}
	}
}

// restore puts the repairs' Was back.
func restore(text string, repairs []news.Repair) string {
	var out strings.Builder
	at := 0
	for _, r := range repairs {
		out.WriteString(text[at:r.Start])
		out.WriteString(r.Was)
		at = r.End
	}
	return out.String() + text[at:]
}

func TestRepairsTellWhatStoodThere(t *testing.T) {
	in := "It would likely┬áprevent it. â€œAllâ€\u009d is we\u00ADll\x00, Ã¢â‚¬Å“twiceÃ¢â‚¬Â\u009d, ﬁne."
	got, repairs := Repair(in)
	want := []news.Repair{
		{Was: "likely┬áprevent"}, {Was: "â€œAllâ€\u009d"}, {Was: "we\u00ADll\x00,"}, {Was: "Ã¢â‚¬Å“twiceÃ¢â‚¬Â\u009d,"}, {Was: "ﬁne."},
	}
	if len(repairs) != len(want) {
		t.Fatalf("Repair(%q) = %q, %v", in, got, repairs)
	}
	for i := range want {
		if repairs[i].Was != want[i].Was {
			t.Errorf("repair %d was %q, want %q", i, repairs[i].Was, want[i].Was)
		}
	}
	if back := restore(got, repairs); back != in {
		t.Errorf("putting back what stood there\n got %q\nwant %q", back, in)
	}
}

func TestRepairLike(t *testing.T) {
	whole := "â€œThe Ã\u00a0 la carte menu.â€\u009d\n\nELE FEZ ISTO AMANHÃ€."
	part := "MANHÃ”TARDE"
	if got, _ := Repair(part); got != part {
		t.Errorf("Repair(%q) = %q: doubtful alone", part, got)
	}
	if got, _ := RepairLike(whole)(part); got != "MANHÔTARDE" {
		t.Errorf("beside sure damage, %q became %q", part, got)
	}
}

func TestRepairTakesLinearTime(t *testing.T) {
	for _, piece := range []string{"É”", "Ð¸", "├│", "√π", "â€", "Ã¢â‚¬â„¢", "\u00AD", "\x00", "“", "\u200B", "ﬁ ", "é\u00A0»", "Â "} {
		start := time.Now()
		Repair(strings.Repeat(piece, 1<<20/len(piece)))
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("1 MB of %q took %v", piece, took)
		}
	}
}

func FuzzRepair(f *testing.F) {
	for _, text := range sound {
		f.Add(text)
	}
	f.Add("likely┬áprevent Ã¢â‚¬â„¢ â€ Â \x00\r\n ﬁ")
	f.Add("√©√±¬†‚Äô Γé¼ ≡ƒÿÇ ÔÇÖ")
	f.Fuzz(func(t *testing.T, in string) {
		got, repairs := Repair(in)
		at := 0
		for _, r := range repairs {
			if r.Start < at || r.End < r.Start || r.End > len(got) {
				t.Fatalf("Repair(%q) = %q: repairs out of order: %v", in, got, repairs)
			}
			at = r.End
		}
		if back := restore(got, repairs); back != unifyLines(in) {
			t.Fatalf("Repair(%q) = %q with %v, which does not lead back: %q", in, got, repairs, back)
		}
	})
}
