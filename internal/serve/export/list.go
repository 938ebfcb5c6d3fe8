package export

import (
	"encoding/json"
	"io"
)

// list writes JSON objects between a head and a foot, one a line, so that the
// whole is one JSON value and each line can be read by itself.
type list struct {
	w     io.Writer
	head  string // up to the opening bracket
	foot  string // from the closing bracket
	begun bool
}

func (l *list) add(item any) error {
	sep := ",\n"
	if !l.begun {
		sep = l.head + "\n"
		l.begun = true
	}
	if _, err := io.WriteString(l.w, sep); err != nil {
		return err
	}
	out, err := json.Marshal(item) // with < and > escaped, since JSON-LD stands in script elements
	if err != nil {
		return err
	}
	_, err = l.w.Write(out)
	return err
}

func (l *list) Close() error {
	end := l.foot + "\n"
	if !l.begun {
		end = l.head + end
	} else {
		end = "\n" + end
	}
	_, err := io.WriteString(l.w, end)
	return err
}
