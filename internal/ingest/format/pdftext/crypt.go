package pdftext

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
)

// A crypt undoes the standard security handler for files that open without a
// password but forbid copying or printing (ISO 32000-1, 7.6, and ISO 32000-2,
// 7.6.4.4 for revision 6), as the archives of many newspapers do.
type crypt struct {
	key              []byte
	forStrings       method
	forStreams       method
	withoutMetadata  bool
	revision, length int
}

type method int

const (
	plain method = iota
	rc4Method
	aes128
	aes256
)

var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

func newCrypt(f *file, enc dict) (*crypt, error) {
	if n, _ := f.resolve(enc["Filter"]).(name); n != "Standard" {
		return nil, fmt.Errorf("it is encrypted in a way that is not known (%s)", n)
	}
	version, _ := f.number(enc["V"])
	revision, _ := f.number(enc["R"])
	bits, ok := f.number(enc["Length"])
	if !ok || bits < 40 || bits > 256 {
		bits = 40
	}
	c := &crypt{revision: int(revision), length: int(bits) / 8}
	c.withoutMetadata = f.resolve(enc["EncryptMetadata"]) == false
	switch version {
	case 1, 2, 3:
		c.forStrings, c.forStreams = rc4Method, rc4Method
	case 4, 5:
		c.length = 16
		filters, _ := f.resolve(enc["CF"]).(dict)
		c.forStrings = f.method(filters, enc["StrF"])
		c.forStreams = f.method(filters, enc["StmF"])
	default:
		return nil, fmt.Errorf("it is encrypted in a way that is not known (version %g)", version)
	}
	if version == 1 {
		c.length = 5
	}
	owner, _ := f.resolve(enc["O"]).(str)
	user, _ := f.resolve(enc["U"]).(str)
	if revision >= 5 {
		packed, _ := f.resolve(enc["UE"]).(str)
		if c.key = newKey(int(revision), user, packed); c.key == nil {
			return nil, ErrPassword
		}
		return c, nil
	}
	var id str
	if ids, ok := f.resolve(f.trailer["ID"]).(array); ok && len(ids) > 0 {
		id, _ = f.resolve(ids[0]).(str)
	}
	rights, _ := f.number(enc["P"])
	c.key = c.oldKey(owner, id, uint32(int64(rights)))
	if !c.opens(user, id) {
		return nil, ErrPassword
	}
	return c, nil
}

func (f *file) method(filters dict, o object) method {
	n, _ := f.resolve(o).(name)
	d, _ := f.resolve(filters[n]).(dict)
	switch f.resolve(d["CFM"]) {
	case name("V2"):
		return rc4Method
	case name("AESV2"):
		return aes128
	case name("AESV3"):
		return aes256
	}
	return plain
}

// oldKey is algorithm 2 with an empty password.
func (c *crypt) oldKey(owner, id str, rights uint32) []byte {
	h := md5.New()
	h.Write(padding)
	h.Write([]byte(owner[:min(len(owner), 32)]))
	var p [4]byte
	binary.LittleEndian.PutUint32(p[:], rights)
	h.Write(p[:])
	h.Write([]byte(id))
	if c.revision >= 4 && c.withoutMetadata {
		h.Write([]byte{0xFF, 0xFF, 0xFF, 0xFF})
	}
	key := h.Sum(nil)
	n := min(c.length, 16)
	if c.revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:n])
			copy(key, sum[:])
		}
	} else {
		n = 5
	}
	return key[:n]
}

// opens is algorithms 4 to 6: whether the key is the user's.
func (c *crypt) opens(user, id str) bool {
	if c.revision < 3 {
		return string(rc4Bytes(c.key, padding)) == string(user[:min(len(user), 32)])
	}
	h := md5.New()
	h.Write(padding)
	h.Write([]byte(id))
	sum := h.Sum(nil)
	for i := range 20 {
		key := bytes.Clone(c.key)
		for j := range key {
			key[j] ^= byte(i)
		}
		sum = rc4Bytes(key, sum)
	}
	return len(user) >= 16 && string(sum) == string(user[:16])
}

// newKey is algorithm 2.A with an empty password; nil if it is not the user's.
func newKey(revision int, user, packed str) []byte {
	if len(user) < 48 || len(packed) < 32 {
		return nil
	}
	hash := func(salt str) []byte {
		if revision == 5 {
			sum := sha256.Sum256([]byte(salt))
			return sum[:]
		}
		return hash2B([]byte(salt))
	}
	if !bytes.Equal(hash(user[32:40]), []byte(user[:32])) {
		return nil
	}
	block, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(key, []byte(packed[:32]))
	return key
}

// hash2B is algorithm 2.B with an empty password.
func hash2B(salt []byte) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	for i := 0; ; i++ {
		data := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(data, data)
		mod := 0
		for _, b := range data[:16] {
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			s := sha256.Sum256(data)
			k = s[:]
		case 1:
			s := sha512.Sum384(data)
			k = s[:]
		default:
			s := sha512.Sum512(data)
			k = s[:]
		}
		if i >= 63 && int(data[len(data)-1]) <= i-32 {
			return k[:32]
		}
	}
}

func rc4Bytes(key, data []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		return data
	}
	out := make([]byte, len(data))
	c.XORKeyStream(out, data)
	return out
}

// decrypt undoes one string or stream of an object.
func (c *crypt) decrypt(m method, data []byte, num, gen int) []byte {
	if m == plain {
		return data
	}
	key := c.key
	if m != aes256 {
		h := md5.New()
		h.Write(key)
		h.Write([]byte{byte(num), byte(num >> 8), byte(num >> 16), byte(gen), byte(gen >> 8)})
		if m == aes128 {
			h.Write([]byte("sAlT"))
		}
		key = h.Sum(nil)[:min(len(c.key)+5, 16)]
	}
	if m == rc4Method {
		return rc4Bytes(key, data)
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(data) < 32 {
		return nil
	}
	n := len(data) / 16 * 16
	out := make([]byte, n-16)
	cipher.NewCBCDecrypter(block, data[:16]).CryptBlocks(out, data[16:n])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}

func (c *crypt) stream(data []byte, num, gen int) []byte {
	return c.decrypt(c.forStreams, data, num, gen)
}

// strings decrypts every string inside an object.
func (c *crypt) strings(o object, num, gen, depth int) object {
	if depth > maxNesting {
		return o
	}
	switch v := o.(type) {
	case str:
		return str(c.decrypt(c.forStrings, []byte(v), num, gen))
	case array:
		for i := range v {
			v[i] = c.strings(v[i], num, gen, depth+1)
		}
	case dict:
		for k := range v {
			v[k] = c.strings(v[k], num, gen, depth+1)
		}
	}
	return o
}
