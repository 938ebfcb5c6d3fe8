package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"sync"
)

// A marker is a connection that does nothing but tell whether others have
// changed the file: SQLite counts that for each connection.
type marker struct {
	mu   sync.Mutex
	db   *sql.DB
	conn *sql.Conn
	stmt *sql.Stmt
}

// Mark is SQLite's count of changes by other connections.
func (s *store) Mark(ctx context.Context) (string, error) {
	s.mark.mu.Lock()
	defer s.mark.mu.Unlock()
	ctx = context.WithoutCancel(ctx) // the count is the connection's, which must not be lost
	if s.mark.stmt == nil {
		if err := s.mark.open(ctx, s.path, Options{ReadOnly: s.write == nil, Wait: DefaultWait}); err != nil {
			return "", s.tell(err)
		}
	}
	var changes int64
	if err := s.mark.stmt.QueryRowContext(ctx).Scan(&changes); err != nil {
		return "", s.tell(err)
	}
	return strconv.FormatInt(changes, 36), nil
}

func (m *marker) open(ctx context.Context, path string, o Options) (err error) {
	if m.db, err = openReading(ctx, path, o); err != nil {
		return err
	}
	if m.conn, err = m.db.Conn(ctx); err == nil {
		m.stmt, err = m.conn.PrepareContext(ctx, "PRAGMA data_version")
	}
	if err != nil {
		return errors.Join(err, m.close())
	}
	return nil
}

// close ends the connection, if there is one.
func (m *marker) close() error {
	if m.db == nil {
		return nil
	}
	var err error
	if m.stmt != nil {
		err = m.stmt.Close()
	}
	if m.conn != nil {
		err = errors.Join(err, m.conn.Close())
	}
	err = errors.Join(err, m.db.Close())
	m.db, m.conn, m.stmt = nil, nil, nil
	return err
}
