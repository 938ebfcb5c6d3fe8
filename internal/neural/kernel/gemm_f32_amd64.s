#include "textflag.h"

// The f32 tile for AVX2 with FMA: up to 6 rows by 16 columns.
//
// Registers of the tile:
//
//	Y0  Y1    row 0, columns 0-7 and 8-15
//	Y2  Y3    row 1
//	...
//	Y10 Y11   row 5
//	Y12 Y13   16 columns of the panel for one k
//	Y14 Y15   one element of a row, broadcast
//
//	SI, R9    a: row 0 and row 3; R8 is the distance between rows in bytes,
//	          so rows 0-5 are (SI) (SI)(R8) (SI)(R8*2) (R9) (R9)(R8) (R9)(R8*2)
//	DI        b: the panel, 64 bytes for each k
//	DX, R11   c: row 0 and row 3; R10 is the distance between rows in bytes
//	BX        bias, 16 elements, or nil: add to c
//	CX, AX    k that are left: in fours, and the rest
//
// Twelve accumulators cover the latency of the two FMA units (2 x 4 cycles);
// each k costs 12 multiply-adds, 8 loads and no stores.

#define F32B(kb) \
	VMOVUPS kb(DI), Y12; \
	VMOVUPS (kb+32)(DI), Y13

#define F32FMA(x, lo, hi) \
	VFMADD231PS Y12, x, lo; \
	VFMADD231PS Y13, x, hi

#define F32R0(ka) VBROADCASTSS ka(SI), Y14; F32FMA(Y14, Y0, Y1)
#define F32R1(ka) VBROADCASTSS ka(SI)(R8*1), Y15; F32FMA(Y15, Y2, Y3)
#define F32R2(ka) VBROADCASTSS ka(SI)(R8*2), Y14; F32FMA(Y14, Y4, Y5)
#define F32R3(ka) VBROADCASTSS ka(R9), Y15; F32FMA(Y15, Y6, Y7)
#define F32R4(ka) VBROADCASTSS ka(R9)(R8*1), Y14; F32FMA(Y14, Y8, Y9)
#define F32R5(ka) VBROADCASTSS ka(R9)(R8*2), Y15; F32FMA(Y15, Y10, Y11)

#define F32K1(ka, kb) F32B(kb); F32R0(ka)
#define F32K2(ka, kb) F32K1(ka, kb); F32R1(ka)
#define F32K3(ka, kb) F32K2(ka, kb); F32R2(ka)
#define F32K4(ka, kb) F32K3(ka, kb); F32R3(ka)
#define F32K5(ka, kb) F32K4(ka, kb); F32R4(ka)
#define F32K6(ka, kb) F32K5(ka, kb); F32R5(ka)

// F32LOOP runs over all k with the given step, then goes to the stores.
#define F32LOOP(step, four, rest, one, done) \
four: \
	SUBQ $1, CX; \
	JLT rest; \
	step(0, 0); \
	step(4, 64); \
	step(8, 128); \
	step(12, 192); \
	ADDQ $16, SI; \
	ADDQ $16, R9; \
	ADDQ $256, DI; \
	JMP four; \
rest: \
	TESTQ AX, AX; \
	JZ done; \
one: \
	step(0, 0); \
	ADDQ $4, SI; \
	ADDQ $4, R9; \
	ADDQ $64, DI; \
	SUBQ $1, AX; \
	JNZ one; \
done:

#define F32PUT(lo, hi, at) \
	VADDPS 0 at, lo, lo; \
	VADDPS 32 at, hi, hi; \
	VMOVUPS lo, 0 at; \
	VMOVUPS hi, 32 at

// func f32TileAVX2(c *float32, ldc int, a *float32, lda int, b *float32, rows, k int, bias *float32)
TEXT ·f32TileAVX2(SB), NOSPLIT, $0-64
	MOVQ c+0(FP), DX
	MOVQ ldc+8(FP), R10
	MOVQ a+16(FP), SI
	MOVQ lda+24(FP), R8
	MOVQ b+32(FP), DI
	MOVQ rows+40(FP), R12
	MOVQ k+48(FP), CX
	MOVQ bias+56(FP), BX
	SHLQ $2, R8
	SHLQ $2, R10
	LEAQ (SI)(R8*2), R9
	ADDQ R8, R9
	LEAQ (DX)(R10*2), R11
	ADDQ R10, R11
	MOVQ CX, AX
	ANDQ $3, AX
	SHRQ $2, CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	VXORPS Y8, Y8, Y8
	VXORPS Y9, Y9, Y9
	VXORPS Y10, Y10, Y10
	VXORPS Y11, Y11, Y11
	CMPQ R12, $6
	JEQ  rows6
	CMPQ R12, $4
	JEQ  rows4
	JGT  rows5
	CMPQ R12, $2
	JEQ  rows2
	JGT  rows3

	F32LOOP(F32K1, four1, rest1, one1, done1)
	JMP put
rows2:
	F32LOOP(F32K2, four2, rest2, one2, done2)
	JMP put
rows3:
	F32LOOP(F32K3, four3, rest3, one3, done3)
	JMP put
rows4:
	F32LOOP(F32K4, four4, rest4, one4, done4)
	JMP put
rows5:
	F32LOOP(F32K5, four5, rest5, one5, done5)
	JMP put
rows6:
	F32LOOP(F32K6, four6, rest6, one6, done6)

put:
	TESTQ BX, BX
	JZ    accumulate
	VMOVUPS (BX), Y12
	VMOVUPS 32(BX), Y13
	VADDPS Y12, Y0, Y0
	VADDPS Y13, Y1, Y1
	VMOVUPS Y0, (DX)
	VMOVUPS Y1, 32(DX)
	CMPQ R12, $2
	JLT  end
	VADDPS Y12, Y2, Y2
	VADDPS Y13, Y3, Y3
	VMOVUPS Y2, (DX)(R10*1)
	VMOVUPS Y3, 32(DX)(R10*1)
	JEQ  end
	VADDPS Y12, Y4, Y4
	VADDPS Y13, Y5, Y5
	VMOVUPS Y4, (DX)(R10*2)
	VMOVUPS Y5, 32(DX)(R10*2)
	CMPQ R12, $4
	JLT  end
	VADDPS Y12, Y6, Y6
	VADDPS Y13, Y7, Y7
	VMOVUPS Y6, (R11)
	VMOVUPS Y7, 32(R11)
	JEQ  end
	VADDPS Y12, Y8, Y8
	VADDPS Y13, Y9, Y9
	VMOVUPS Y8, (R11)(R10*1)
	VMOVUPS Y9, 32(R11)(R10*1)
	CMPQ R12, $6
	JLT  end
	VADDPS Y12, Y10, Y10
	VADDPS Y13, Y11, Y11
	VMOVUPS Y10, (R11)(R10*2)
	VMOVUPS Y11, 32(R11)(R10*2)
end:
	VZEROUPPER
	RET

accumulate:
	F32PUT(Y0, Y1, (DX))
	CMPQ R12, $2
	JLT  end
	F32PUT(Y2, Y3, (DX)(R10*1))
	CMPQ R12, $2
	JEQ  end
	F32PUT(Y4, Y5, (DX)(R10*2))
	CMPQ R12, $4
	JLT  end
	F32PUT(Y6, Y7, (R11))
	CMPQ R12, $4
	JEQ  end
	F32PUT(Y8, Y9, (R11)(R10*1))
	CMPQ R12, $6
	JLT  end
	F32PUT(Y10, Y11, (R11)(R10*2))
	JMP  end
