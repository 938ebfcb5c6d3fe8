#include "textflag.h"

// Tiles of up to 6 rows by 16 columns for NEON. Always six rows are computed:
// where there are fewer, the pointers of the others repeat the last row and
// their sums are not stored.
//
//	V0-V3     row 0, four columns each
//	V4-V7     row 1
//	...
//	V20-V23   row 5
//	V24-V27   16 columns of the panel for one step
//	V28-V31   one step of a row, broadcast
//
//	R2-R7     a: the six rows
//	R8        b: the panel, 64 bytes for each step
//	R0, R1    c and the distance between its rows in bytes
//	R9        steps that are left
//	R10       rows
//
// Go's assembler lacks the instructions below; each is written as its encoding
// (Arm Architecture Reference Manual), registers by number: m and n are
// multiplied, d accumulates.

// SDOT Vd.4S, Vn.16B, Vm.16B: four sums of four products of bytes.
#define SDOT(m, n, d) WORD $(0x4E809400 | (m)<<16 | (n)<<5 | (d))

// SMLAL Vd.4S, Vn.4H, Vm.4H: four products of the lower halves.
#define SMLAL(m, n, d) WORD $(0x0E608000 | (m)<<16 | (n)<<5 | (d))

// SMLAL2 Vd.4S, Vn.8H, Vm.8H: four products of the upper halves.
#define SMLAL2(m, n, d) WORD $(0x4E608000 | (m)<<16 | (n)<<5 | (d))

// ROWPOINTERS sets R2-R7 from R2 and the row distance in R11; uses R12.
#define ROWPOINTERS \
	ADD R11, R2, R12; \
	CMP $2, R10; \
	CSEL GE, R12, R2, R3; \
	ADD R11, R3, R12; \
	CMP $3, R10; \
	CSEL GE, R12, R3, R4; \
	ADD R11, R4, R12; \
	CMP $4, R10; \
	CSEL GE, R12, R4, R5; \
	ADD R11, R5, R12; \
	CMP $5, R10; \
	CSEL GE, R12, R5, R6; \
	ADD R11, R6, R12; \
	CMP $6, R10; \
	CSEL GE, R12, R6, R7

#define ZERO4(a, b, c, d) \
	VEOR a.B16, a.B16, a.B16; \
	VEOR b.B16, b.B16, b.B16; \
	VEOR c.B16, c.B16, c.B16; \
	VEOR d.B16, d.B16, d.B16

#define ZEROALL \
	ZERO4(V0, V1, V2, V3); \
	ZERO4(V4, V5, V6, V7); \
	ZERO4(V8, V9, V10, V11); \
	ZERO4(V12, V13, V14, V15); \
	ZERO4(V16, V17, V18, V19); \
	ZERO4(V20, V21, V22, V23)

#define F32ROW(p, t, a, b, c, d) \
	VLD1R.P 4(p), [t.S4]; \
	VFMLA t.S4, V24.S4, a.S4; \
	VFMLA t.S4, V25.S4, b.S4; \
	VFMLA t.S4, V26.S4, c.S4; \
	VFMLA t.S4, V27.S4, d.S4

// FADD Vd.4S, Vn.4S, Vm.4S
#define FADD(m, n, d) WORD $(0x4E20D400 | (m)<<16 | (n)<<5 | (d))

#define F32PUT(a, b, c, d, va, vb, vc, vd, end) \
	CBZ R13, 2(PC); \
	VLD1 (R0), [V24.S4, V25.S4, V26.S4, V27.S4]; \
	FADD(24, a, a); \
	FADD(25, b, b); \
	FADD(26, c, c); \
	FADD(27, d, d); \
	VST1 [va.S4, vb.S4, vc.S4, vd.S4], (R0); \
	ADD R1, R0, R0; \
	SUBS $1, R10, R10; \
	BEQ end

// func f32TileNEON(c *float32, ldc int, a *float32, lda int, b *float32, rows, k int, bias *float32)
//
// bias nil: add to c (R13 is 1, and c is loaded to V24-V27 row by row).
TEXT ·f32TileNEON(SB), NOSPLIT, $0-64
	MOVD c+0(FP), R0
	MOVD ldc+8(FP), R1
	MOVD a+16(FP), R2
	MOVD lda+24(FP), R11
	MOVD b+32(FP), R8
	MOVD rows+40(FP), R10
	MOVD k+48(FP), R9
	MOVD bias+56(FP), R14
	LSL $2, R1, R1
	LSL $2, R11, R11
	ROWPOINTERS
	ZEROALL
loop:
	VLD1.P 64(R8), [V24.S4, V25.S4, V26.S4, V27.S4]
	F32ROW(R2, V28, V0, V1, V2, V3)
	F32ROW(R3, V29, V4, V5, V6, V7)
	F32ROW(R4, V30, V8, V9, V10, V11)
	F32ROW(R5, V31, V12, V13, V14, V15)
	F32ROW(R6, V28, V16, V17, V18, V19)
	F32ROW(R7, V29, V20, V21, V22, V23)
	SUBS $1, R9, R9
	BNE loop
	MOVD $1, R13
	CBZ R14, put
	MOVD $0, R13
	VLD1 (R14), [V24.S4, V25.S4, V26.S4, V27.S4]
put:
	F32PUT(0, 1, 2, 3, V0, V1, V2, V3, end)
	F32PUT(4, 5, 6, 7, V4, V5, V6, V7, end)
	F32PUT(8, 9, 10, 11, V8, V9, V10, V11, end)
	F32PUT(12, 13, 14, 15, V12, V13, V14, V15, end)
	F32PUT(16, 17, 18, 19, V16, V17, V18, V19, end)
	F32PUT(20, 21, 22, 23, V20, V21, V22, V23, end)
end:
	RET

#define INTPUT(va, vb, vc, vd, end) \
	VST1 [va.S4, vb.S4, vc.S4, vd.S4], (R0); \
	ADD R1, R0, R0; \
	SUBS $1, R10, R10; \
	BEQ end

// One row, two k: V24 and V26 hold the first of each pair for columns 0-7 and
// 8-15, V25 and V27 the second.
#define I16ROW(p, a, b, c, d) \
	VLD1R.P 2(p), [V28.H8]; \
	VLD1R.P 2(p), [V29.H8]; \
	SMLAL(28, 24, a); \
	SMLAL2(28, 24, b); \
	SMLAL(28, 26, c); \
	SMLAL2(28, 26, d); \
	SMLAL(29, 25, a); \
	SMLAL2(29, 25, b); \
	SMLAL(29, 27, c); \
	SMLAL2(29, 27, d)

// func i16TileNEON(c *int32, ldc int, a *int16, lda int, b *int16, rows, k int)
TEXT ·i16TileNEON(SB), NOSPLIT, $0-56
	MOVD c+0(FP), R0
	MOVD ldc+8(FP), R1
	MOVD a+16(FP), R2
	MOVD lda+24(FP), R11
	MOVD b+32(FP), R8
	MOVD rows+40(FP), R10
	MOVD k+48(FP), R9
	LSL $2, R1, R1
	LSL $1, R11, R11
	LSR $1, R9, R9
	ROWPOINTERS
	ZEROALL
loop:
	VLD2.P 32(R8), [V24.H8, V25.H8]
	VLD2.P 32(R8), [V26.H8, V27.H8]
	I16ROW(R2, 0, 1, 2, 3)
	I16ROW(R3, 4, 5, 6, 7)
	I16ROW(R4, 8, 9, 10, 11)
	I16ROW(R5, 12, 13, 14, 15)
	I16ROW(R6, 16, 17, 18, 19)
	I16ROW(R7, 20, 21, 22, 23)
	SUBS $1, R9, R9
	BNE loop
	INTPUT(V0, V1, V2, V3, end)
	INTPUT(V4, V5, V6, V7, end)
	INTPUT(V8, V9, V10, V11, end)
	INTPUT(V12, V13, V14, V15, end)
	INTPUT(V16, V17, V18, V19, end)
	INTPUT(V20, V21, V22, V23, end)
end:
	RET

#define BYTEROW(p, t, v, a, b, c, d) \
	VLD1R.P 4(p), [t.S4]; \
	SDOT(v, 24, a); \
	SDOT(v, 25, b); \
	SDOT(v, 26, c); \
	SDOT(v, 27, d)

// func byteTileSDOT(c *int32, a *uint8, lda int, b *int8, rows, k int)
//
// c is [rows][16]; the bytes of a are signed.
TEXT ·byteTileSDOT(SB), NOSPLIT, $0-48
	MOVD c+0(FP), R0
	MOVD $64, R1
	MOVD a+8(FP), R2
	MOVD lda+16(FP), R11
	MOVD b+24(FP), R8
	MOVD rows+32(FP), R10
	MOVD k+40(FP), R9
	LSR $2, R9, R9
	ROWPOINTERS
	ZEROALL
loop:
	VLD1.P 64(R8), [V24.B16, V25.B16, V26.B16, V27.B16]
	BYTEROW(R2, V28, 28, 0, 1, 2, 3)
	BYTEROW(R3, V29, 29, 4, 5, 6, 7)
	BYTEROW(R4, V30, 30, 8, 9, 10, 11)
	BYTEROW(R5, V31, 31, 12, 13, 14, 15)
	BYTEROW(R6, V28, 28, 16, 17, 18, 19)
	BYTEROW(R7, V29, 29, 20, 21, 22, 23)
	SUBS $1, R9, R9
	BNE loop
	INTPUT(V0, V1, V2, V3, end)
	INTPUT(V4, V5, V6, V7, end)
	INTPUT(V8, V9, V10, V11, end)
	INTPUT(V12, V13, V14, V15, end)
	INTPUT(V16, V17, V18, V19, end)
	INTPUT(V20, V21, V22, V23, end)
end:
	RET
