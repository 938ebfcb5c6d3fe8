package desk

import (
	"context"

	"whosaid/internal/archive"
)

// ForgetPerson forgets the person that ref names, as Find reads it, with every
// article in which they act: a text that names somebody cannot forget them.
func (d *Desk) ForgetPerson(ctx context.Context, ref string) (archive.Forgotten, error) {
	p, err := d.Find(ctx, ref)
	if err != nil {
		return archive.Forgotten{}, err
	}
	return d.store.Forget(ctx, archive.Target{Person: p.ID})
}
