package charset

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// articles are a few sentences in languages that were long written in charsets
// of their own.
var articles = map[string]string{
	"windows-1252": "Die Ministerin sagte am Dienstag, die Gespräche würden nächste Woche in München fortgeführt. „Wir müssen überlegen, wie es für die Städte weitergeht“, erklärte sie. Der Bürgermeister äußerte sich zunächst nicht, später schloß er Kürzungen aus.",
	"windows-1251": "Премьер-министр заявил во вторник, что переговоры продолжатся на следующей неделе. «Мы останемся за столом, пока не будет решения», — сказал он журналистам. Представитель министерства отказался от комментариев.",
	"koi8-r":       "Премьер-министр заявил во вторник, что переговоры продолжатся на следующей неделе. Мы останемся за столом, пока не будет решения, сказал он журналистам. Представитель министерства отказался от комментариев.",
	"windows-1256": "قال رئيس الوزراء يوم الثلاثاء إن المحادثات ستستمر في الأسبوع المقبل، وأضاف أن الحكومة لن تقبل بأقل من اتفاق كامل. ورفض المتحدث باسم الوزارة التعليق على هذه الأنباء التي نشرتها الصحف.",
	"windows-1254": "Başbakan salı günü yaptığı açıklamada görüşmelerin gelecek hafta süreceğini söyledi. Çözüm bulunana kadar masada kalacağız, dedi. Bakanlık sözcüsü ise haberler hakkında yorum yapmaktan kaçındı ve yeni bir açıklama olmadığını belirtti.",
	"windows-1253": "Ο πρωθυπουργός δήλωσε την Τρίτη ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα. Θα μείνουμε στο τραπέζι μέχρι να βρεθεί λύση, είπε στους δημοσιογράφους. Ο εκπρόσωπος του υπουργείου αρνήθηκε να σχολιάσει.",
	"windows-1255": "ראש הממשלה אמר ביום שלישי כי השיחות יימשכו בשבוע הבא. אנחנו נישאר ליד השולחן עד שיימצא פתרון, אמר לעיתונאים. דובר המשרד סירב להגיב על הידיעות.",
	"iso-8859-2":   "Premier powiedział we wtorek, że rozmowy będą kontynuowane w przyszłym tygodniu. Będziemy rozmawiać, dopóki nie znajdzie się rozwiązanie, oświadczył dziennikarzom. Rzecznik ministerstwa odmówił komentarza w tej sprawie, a źródła mówią o sporze.",
	"gbk":          "总理星期二表示，谈判将在下周继续进行。他对记者说，在找到解决办法之前，我们会留在谈判桌旁。外交部发言人拒绝对这些报道发表评论，并说没有新的消息。",
	"big5":         "總理星期二表示，談判將在下週繼續進行。他對記者說，在找到解決辦法之前，我們會留在談判桌旁。外交部發言人拒絕對這些報導發表評論，並說沒有新的消息。",
	"shift_jis":    "首相は火曜日、協議を来週も続けると述べた。解決策が見つかるまで席を立たない、と記者団に語った。外務省の報道官はこの報道についてのコメントを控えた。",
	"euc-jp":       "首相は火曜日、協議を来週も続けると述べた。解決策が見つかるまで席を立たない、と記者団に語った。外務省の報道官はこの報道についてのコメントを控えた。",
	"euc-kr":       "총리는 화요일 회담이 다음 주에도 계속될 것이라고 말했다. 해결책을 찾을 때까지 자리를 지키겠다고 기자들에게 밝혔다. 외교부 대변인은 이 보도에 대한 논평을 거부했다.",
}

func encode(t *testing.T, name, text string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b
}

func TestDecodeGuesses(t *testing.T) {
	for name, text := range articles {
		got, as, err := Decode(encode(t, name, text), "", false)
		if err != nil || got != text {
			t.Errorf("%s read as %s (%v):\n got %q\nwant %q", name, as, err, got, text)
		}
	}
}

func TestDecodeByItsLabel(t *testing.T) {
	for name, text := range articles {
		b := encode(t, name, text)
		if got, as, err := Decode(b, "text/plain; charset="+name, false); err != nil || got != text {
			t.Errorf("%s by the header: read as %s (%v): %q", name, as, err, got)
		}
		page := append([]byte(`<html><head><meta http-equiv="Content-Type" content="text/html; charset=`+name+`"></head><p>`), b...)
		if got, as, err := Decode(page, "text/html", true); err != nil || !strings.HasSuffix(got, text) {
			t.Errorf("%s by its meta: read as %s (%v): %q", name, as, err, got)
		}
	}
}

func TestDecodeUnicode(t *testing.T) {
	text := "“We will stay,” said Łukasz Ören. Мы останемся. 😀\n"
	le, be := unicode.LittleEndian, unicode.BigEndian
	for name, b := range map[string][]byte{
		"UTF-8":               []byte(text),
		"UTF-8 with its mark": []byte("\uFEFF" + text),
	} {
		if got, _, err := Decode(b, "", false); err != nil || got != text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for name, e := range map[string]interface{ Bytes([]byte) ([]byte, error) }{
		"UTF-16LE with its mark":    unicode.UTF16(le, unicode.UseBOM).NewEncoder(),
		"UTF-16BE with its mark":    unicode.UTF16(be, unicode.UseBOM).NewEncoder(),
		"UTF-16LE without its mark": unicode.UTF16(le, unicode.IgnoreBOM).NewEncoder(),
		"UTF-16BE without its mark": unicode.UTF16(be, unicode.IgnoreBOM).NewEncoder(),
		"UTF-32LE with its mark":    utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder(),
		"UTF-32BE with its mark":    utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder(),
	} {
		b, err := e.Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, as, err := Decode(b, "", false); err != nil || got != text {
			t.Errorf("%s as %s: %q, %v", name, as, got, err)
		}
	}
}

func TestDecodeWrongLabels(t *testing.T) {
	for _, c := range []struct{ name, in, contentType, want string }{
		{"UTF-8 that the server calls Latin-1", "café “yes”", "text/html; charset=iso-8859-1", "café “yes”"},
		{"windows-1252 that the server calls UTF-8", "caf\xe9 \x93yes\x94 in K\xf6ln", "text/html; charset=utf-8", "café “yes” in Köln"},
		{"windows-1252 that the server calls Latin-1", "\x93yes\x94", "text/html; charset=iso-8859-1", "“yes”"},
		{"a charset that there is not", "caf\xc3\xa9", "text/html; charset=klingon", "café"},
		{"a broken header", "caf\xc3\xa9", ";;;", "café"},
		{"English with the marks of windows-1252", "He said: \x93It\x92s over.\x94 \x96 Really\x85", "", "He said: “It’s over.” – Really…"},
		{"UTF-8 with a broken byte", "“Yes,” said José Peña’s aide\xff.", "", "“Yes,” said José Peña’s aide\uFFFD."},
		{"UTF-8 that was cut off", "“Yes” is not “no\xe2\x80", "", "“Yes” is not “no\uFFFD"},
		{"lone surrogates", "“Yes” – “no” \xed\xa0\x80 – “so”", "", "“Yes” – “no” \uFFFD – “so”"},
	} {
		if got, as, err := Decode([]byte(c.in), c.contentType, true); err != nil || got != c.want {
			t.Errorf("%s: %q as %s, %v; want %q", c.name, got, as, err, c.want)
		}
	}
}

func TestDecodeRefusesBinary(t *testing.T) {
	random := make([]byte, 4096)
	x := uint32(1)
	for i := range random {
		x = x*1664525 + 1013904223
		random[i] = byte(x >> 24)
	}
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"PNG", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "it is a PNG image, not text"},
		{"ZIP", []byte("PK\x03\x04\x14\x00"), "it is a ZIP archive or an office document, not text"},
		{"zeros", make([]byte, 1000), "it holds binary data, not text"},
		{"noise", random, "it holds binary data, not text"},
	} {
		_, _, err := Decode(c.in, "text/plain; charset=utf-8", false)
		var e *Error
		if !errors.As(err, &e) || e.Reason != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if got, _, err := Decode([]byte("A text with one \x00 in it, and no more of them."), "", false); err != nil || !strings.Contains(got, "\x00") {
		t.Errorf("one NUL in a text: %q, %v", got, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("plain"), "text/html; charset=gbk", true)
	f.Add([]byte("\xff\xfea\x00b\x00"), "", false)
	f.Add([]byte("caf\xe9 \x93"), "text/plain", true)
	f.Add([]byte(`<?xml version="1.0" encoding="koi8-r"?><p>\xf0\xd2`), "", true)
	f.Add([]byte("\x1b$B%&\x1b(B"), "; charset=iso-2022-jp", false)
	f.Fuzz(func(t *testing.T, b []byte, contentType string, html bool) {
		before := bytes.Clone(b)
		text, name, err := Decode(b, contentType, html)
		if !bytes.Equal(b, before) {
			t.Fatal("Decode changed its input")
		}
		if err == nil && (!utf8.ValidString(text) || name == "") {
			t.Fatalf("Decode(%q) = %q in %q", b, text, name)
		}
		again, _, _ := Decode(b, contentType, html)
		if again != text {
			t.Fatalf("Decode(%q) gave %q, then %q", b, text, again)
		}
	})
}
