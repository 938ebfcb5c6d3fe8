package sqlite

import (
	"context"
	"database/sql"
	"sync"
)

// A pool asks the connections that read, with each text of a query prepared
// once: most of what a short query takes is parsing it.
type pool struct {
	*sql.DB
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

// mostPrepared bounds how many texts are prepared; there are few, except where
// a query lists what it is for.
const mostPrepared = 100

func newPool(db *sql.DB) *pool { return &pool{DB: db, prepared: map[string]*sql.Stmt{}} }

// statement is text prepared; nil where it is asked as it is.
func (p *pool) statement(ctx context.Context, text string) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.prepared[text]; s != nil {
		return s
	}
	if len(p.prepared) == mostPrepared {
		return nil
	}
	s, err := p.PrepareContext(ctx, text)
	if err != nil {
		return nil // asking will tell
	}
	p.prepared[text] = s
	return s
}

// QueryContext is that of sql.DB.
func (p *pool) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if s := p.statement(ctx, text); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return p.DB.QueryContext(ctx, text, args...)
}

// QueryRowContext is that of sql.DB.
func (p *pool) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if s := p.statement(ctx, text); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return p.DB.QueryRowContext(ctx, text, args...)
}

// Close closes what was prepared and the connections.
func (p *pool) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.prepared {
		_ = s.Close() // the connection goes with it
	}
	clear(p.prepared)
	return p.DB.Close()
}
