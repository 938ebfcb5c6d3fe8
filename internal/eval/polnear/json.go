package polnear

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MarshalJSON gives the figures as the reference scorer's --json does: an
// object of P, R, F and the number of gold ones, n, under each metric's name.
func (t Tally) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	t.fields(&b)
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (t Tally) fields(b *bytes.Buffer) {
	for m := range metricCount {
		c := t[m]
		switch {
		case m == QuoteSpeaker && c.Gold == 0:
			continue
		case m == QuoteSpeaker:
			fmt.Fprintf(b, `,%q:{"R":%.1f,"n":%d}`, m, c.R(), c.Gold)
		default:
			if m > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(b, `%q:{"P":%.1f,"R":%.1f,"F":%.1f,"n":%d}`, m, c.P(), c.R(), c.F(), c.Gold)
		}
	}
}

// MarshalJSON gives an object that begins with the reference scorer's own keys
// and goes on with the breakdowns.
func (r Report) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"docs":%d,"missing":%d,`, r.Docs, r.Missing)
	r.Total.fields(&b)
	intervals := map[string][2]float64{}
	for m, i := range r.Interval {
		intervals[m.String()] = [2]float64{i.Low, i.High}
	}
	rest, err := json.Marshal(struct {
		Intervals   map[string][2]float64 `json:"intervals"`
		Outlets     []Group               `json:"outlets"`
		Lengths     []Group               `json:"lengths"`
		Forms       []FormGroup           `json:"forms"`
		Passages    Coverage              `json:"passages"`
		Calibration Calibration           `json:"calibration"`
	}{intervals, r.Outlets, r.Lengths, r.Forms, r.Passages, r.Calibration})
	if err != nil {
		return nil, err
	}
	b.WriteByte(',')
	b.Write(rest[1:])
	return b.Bytes(), nil
}
