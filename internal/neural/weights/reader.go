package weights

import (
	"fmt"

	"whosaid/internal/neural/kernel"
	"whosaid/internal/neural/safetensors"
)

// A Reader takes tensors from a file until one is wrong; then Err says which,
// and everything else it gives is empty.
type Reader struct {
	file *safetensors.File
	used map[string]bool
	err  error
}

// NewReader reads the header of a file in safetensors format. The file's bytes
// are referred to and must not change.
func NewReader(file []byte) (*Reader, error) {
	f, err := safetensors.Parse(file)
	return &Reader{file: f, used: map[string]bool{}}, err
}

// Err is the first thing that was wrong.
func (r *Reader) Err() error { return r.err }

// Has reports whether there is a tensor of that name.
func (r *Reader) Has(name string) bool { return r.file.Has(name) }

// Fail makes the file wrong, unless it is already.
func (r *Reader) Fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// Finish is the first error, or one for a tensor that nothing has read.
func (r *Reader) Finish() error {
	if r.err != nil {
		return r.err
	}
	for _, name := range r.file.Names() {
		if !r.used[name] {
			return fmt.Errorf("tensor %q is none that the network has", name)
		}
	}
	return nil
}

// Tensor is the tensor of that name and shape, -1 standing for any size.
func (r *Reader) Tensor(name string, shape ...int) safetensors.Tensor {
	if r.err != nil {
		return safetensors.Tensor{}
	}
	t, err := r.file.Tensor(name, shape...)
	r.err = err
	r.used[name] = true
	return t
}

// Int8 is the tensor of that name and shape, which must be in I8.
func (r *Reader) Int8(name string, shape ...int) []int8 {
	t := r.Tensor(name, shape...)
	if r.err != nil {
		return nil
	}
	v, err := t.Int8()
	r.err = err
	return v
}

// Floats is the tensor of that name and shape, of any type.
func (r *Reader) Floats(name string, shape ...int) []float32 {
	t := r.Tensor(name, shape...)
	if r.err != nil {
		return nil
	}
	v, err := t.Float32()
	r.err = err
	return v
}

// Norm reads NAME.weight and NAME.bias, both [n].
func (r *Reader) Norm(name string, n int) Norm {
	return Norm{Weight: r.Floats(name+".weight", n), Bias: r.Floats(name+".bias", n)}
}

// Linear reads NAME.weight [n][k], with NAME.scale [n] where it is int8, and
// NAME.bias [n]. An n of 0 stands for any number of outputs.
func (r *Reader) Linear(name string, n, k int) Linear {
	l := r.Matrix(name, n, k)
	l.Bias = r.Floats(name+".bias", l.N)
	return l
}

// Matrix is Linear without a bias.
func (r *Reader) Matrix(name string, n, k int) Linear {
	if n == 0 {
		n = -1
	}
	t := r.Tensor(name+".weight", n, k)
	if r.err != nil {
		return Linear{}
	}
	l := Linear{N: t.Shape[0], K: k}
	if l.N == 0 || k == 0 || k > kernel.MaxInnerInt8 {
		r.Fail("tensor %q has shape %v: no rows, or too long ones", t.Name, t.Shape)
		return Linear{}
	}
	if t.Type == safetensors.I8 {
		l.Q, r.err = t.Int8()
		l.Scale = r.Floats(name+".scale", l.N)
	} else {
		l.W, r.err = t.Float32()
	}
	return l
}
