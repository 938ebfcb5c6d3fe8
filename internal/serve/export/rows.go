package export

import (
	"io"

	"whosaid/internal/archive"
	"whosaid/internal/serve/export/parquet"
	"whosaid/internal/serve/print"
)

// rows writes the rows of the CSV table as Parquet, where each column has a
// type and a cell without a value is null.
type rows struct{ *parquet.Writer }

func newRows(w io.Writer) (Writer, error) {
	columns := make([]parquet.Column, len(print.Columns))
	for i, c := range print.Columns {
		columns[i] = parquet.Column{Name: c.Name, Kind: kindOf(c.Kind)}
	}
	out, err := parquet.NewWriter(w, columns)
	return rows{out}, err
}

func kindOf(v any) parquet.Kind {
	switch v.(type) {
	case bool:
		return parquet.Bool
	case int:
		return parquet.Int
	case float64:
		return parquet.Float
	}
	return parquet.String
}

func (r rows) Write(v *archive.Version) error {
	for row := range print.Rows(v.Doc) {
		for i, cell := range row {
			if cell == "" {
				row[i] = nil
			}
		}
		if err := r.Row(row); err != nil {
			return err
		}
	}
	return nil
}
