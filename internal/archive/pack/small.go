package pack

import (
	"encoding/binary"
	"math"
)

// Vector is a vector of small numbers as bytes: its scale as an IEEE 754
// float32, little-endian, then its values.
func Vector(scale float32, values []int8) []byte {
	out := make([]byte, 4+len(values))
	binary.LittleEndian.PutUint32(out, math.Float32bits(scale))
	for i, v := range values {
		out[4+i] = byte(v)
	}
	return out
}

// UnpackVector is the reverse of Vector.
func UnpackVector(data []byte) (scale float32, values []int8, err error) {
	if len(data) < 4 {
		return 0, nil, errDamaged
	}
	values = make([]int8, len(data)-4)
	for i, b := range data[4:] {
		values[i] = int8(b)
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(data)), values, nil
}

// IDs are numbers of 0 and more, as varints; none are nil.
func IDs(ids []int64) []byte {
	var out []byte
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id))
	}
	return out
}

// UnpackIDs is the reverse of IDs.
func UnpackIDs(data []byte) ([]int64, error) {
	var out []int64
	for len(data) > 0 {
		id, n := binary.Uvarint(data)
		if n <= 0 || id > math.MaxInt64 {
			return nil, errDamaged
		}
		out, data = append(out, int64(id)), data[n:]
	}
	return out, nil
}

// Strings are strings as bytes; none are nil.
func Strings(list []string) []byte {
	var out []byte
	for _, s := range list {
		out = append(binary.AppendUvarint(out, uint64(len(s))), s...)
	}
	return out
}

// UnpackStrings is the reverse of Strings.
func UnpackStrings(data []byte) ([]string, error) {
	var out []string
	for len(data) > 0 {
		length, n := binary.Uvarint(data)
		if n <= 0 || length > uint64(len(data)-n) {
			return nil, errDamaged
		}
		out, data = append(out, string(data[n:n+int(length)])), data[n+int(length):]
	}
	return out, nil
}
