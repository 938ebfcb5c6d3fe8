#include "textflag.h"

// Tiles of 12 rows by 16 columns for AVX-512 with VNNI, one 512-bit register
// for a row of 16.
//
//	Z0-Z11    rows 0-11
//	Z16       16 columns of the panel for one step
//	Z17-Z20   elements of a row, broadcast (bytes only; the other tiles
//	          broadcast in the multiplying instruction)
//
//	SI, R9, R11, R12   a: rows 0, 3, 6 and 9; R8 is the distance between rows
//	                   in bytes
//	DI                 b: the panel, 64 bytes for each step
//	DX                 c
//	CX, AX             steps that are left: in fours, and the rest

#define ROWS \
	LEAQ (SI)(R8*2), R9; \
	ADDQ R8, R9; \
	LEAQ (R9)(R8*2), R11; \
	ADDQ R8, R11; \
	LEAQ (R11)(R8*2), R12; \
	ADDQ R8, R12

#define LOOP(step, four, rest, one, done) \
four: \
	SUBQ $1, CX; \
	JLT rest; \
	step(0, 0); \
	step(4, 64); \
	step(8, 128); \
	step(12, 192); \
	ADDQ $16, SI; \
	ADDQ $16, R9; \
	ADDQ $16, R11; \
	ADDQ $16, R12; \
	ADDQ $256, DI; \
	JMP four; \
rest: \
	TESTQ AX, AX; \
	JZ done; \
one: \
	step(0, 0); \
	ADDQ $4, SI; \
	ADDQ $4, R9; \
	ADDQ $4, R11; \
	ADDQ $4, R12; \
	ADDQ $64, DI; \
	SUBQ $1, AX; \
	JNZ one; \
done:

#define ZERO12 \
	VPXORQ Z0, Z0, Z0; \
	VPXORQ Z1, Z1, Z1; \
	VPXORQ Z2, Z2, Z2; \
	VPXORQ Z3, Z3, Z3; \
	VPXORQ Z4, Z4, Z4; \
	VPXORQ Z5, Z5, Z5; \
	VPXORQ Z6, Z6, Z6; \
	VPXORQ Z7, Z7, Z7; \
	VPXORQ Z8, Z8, Z8; \
	VPXORQ Z9, Z9, Z9; \
	VPXORQ Z10, Z10, Z10; \
	VPXORQ Z11, Z11, Z11

#define F32STEP(ka, kb) \
	VMOVUPS kb(DI), Z16; \
	VFMADD231PS.BCST ka(SI), Z16, Z0; \
	VFMADD231PS.BCST ka(SI)(R8*1), Z16, Z1; \
	VFMADD231PS.BCST ka(SI)(R8*2), Z16, Z2; \
	VFMADD231PS.BCST ka(R9), Z16, Z3; \
	VFMADD231PS.BCST ka(R9)(R8*1), Z16, Z4; \
	VFMADD231PS.BCST ka(R9)(R8*2), Z16, Z5; \
	VFMADD231PS.BCST ka(R11), Z16, Z6; \
	VFMADD231PS.BCST ka(R11)(R8*1), Z16, Z7; \
	VFMADD231PS.BCST ka(R11)(R8*2), Z16, Z8; \
	VFMADD231PS.BCST ka(R12), Z16, Z9; \
	VFMADD231PS.BCST ka(R12)(R8*1), Z16, Z10; \
	VFMADD231PS.BCST ka(R12)(R8*2), Z16, Z11

#define F32START(acc) \
	VADDPS Z16, acc, acc; \
	VMOVUPS acc, (DX); \
	ADDQ R10, DX

#define F32ADD(acc) \
	VADDPS (DX), acc, acc; \
	VMOVUPS acc, (DX); \
	ADDQ R10, DX

// func f32Tile12AVX512(c *float32, ldc int, a *float32, lda int, b *float32, k int, bias *float32)
TEXT ·f32Tile12AVX512(SB), NOSPLIT, $0-56
	MOVQ c+0(FP), DX
	MOVQ ldc+8(FP), R10
	MOVQ a+16(FP), SI
	MOVQ lda+24(FP), R8
	MOVQ b+32(FP), DI
	MOVQ k+40(FP), CX
	MOVQ bias+48(FP), BX
	SHLQ $2, R8
	SHLQ $2, R10
	ROWS
	MOVQ CX, AX
	ANDQ $3, AX
	SHRQ $2, CX
	ZERO12
	LOOP(F32STEP, four, rest, one, done)
	TESTQ BX, BX
	JZ   add
	VMOVUPS (BX), Z16
	F32START(Z0)
	F32START(Z1)
	F32START(Z2)
	F32START(Z3)
	F32START(Z4)
	F32START(Z5)
	F32START(Z6)
	F32START(Z7)
	F32START(Z8)
	F32START(Z9)
	F32START(Z10)
	F32START(Z11)
	VZEROUPPER
	RET
add:
	F32ADD(Z0)
	F32ADD(Z1)
	F32ADD(Z2)
	F32ADD(Z3)
	F32ADD(Z4)
	F32ADD(Z5)
	F32ADD(Z6)
	F32ADD(Z7)
	F32ADD(Z8)
	F32ADD(Z9)
	F32ADD(Z10)
	F32ADD(Z11)
	VZEROUPPER
	RET

// VPDPWSSD multiplies 32 pairs of int16, adds neighbours and adds that to 16
// int32, without saturation.
#define I16STEP(ka, kb) \
	VMOVDQU32 kb(DI), Z16; \
	VPDPWSSD.BCST ka(SI), Z16, Z0; \
	VPDPWSSD.BCST ka(SI)(R8*1), Z16, Z1; \
	VPDPWSSD.BCST ka(SI)(R8*2), Z16, Z2; \
	VPDPWSSD.BCST ka(R9), Z16, Z3; \
	VPDPWSSD.BCST ka(R9)(R8*1), Z16, Z4; \
	VPDPWSSD.BCST ka(R9)(R8*2), Z16, Z5; \
	VPDPWSSD.BCST ka(R11), Z16, Z6; \
	VPDPWSSD.BCST ka(R11)(R8*1), Z16, Z7; \
	VPDPWSSD.BCST ka(R11)(R8*2), Z16, Z8; \
	VPDPWSSD.BCST ka(R12), Z16, Z9; \
	VPDPWSSD.BCST ka(R12)(R8*1), Z16, Z10; \
	VPDPWSSD.BCST ka(R12)(R8*2), Z16, Z11

#define PUT(acc) \
	VMOVDQU32 acc, (DX); \
	ADDQ R10, DX

// func i16Tile12AVX512(c *int32, ldc int, a *int16, lda int, b *int16, k int)
TEXT ·i16Tile12AVX512(SB), NOSPLIT, $0-48
	MOVQ c+0(FP), DX
	MOVQ ldc+8(FP), R10
	MOVQ a+16(FP), SI
	MOVQ lda+24(FP), R8
	MOVQ b+32(FP), DI
	MOVQ k+40(FP), CX
	SHLQ $1, R8
	SHLQ $2, R10
	ROWS
	SHRQ $1, CX
	MOVQ CX, AX
	ANDQ $3, AX
	SHRQ $2, CX
	ZERO12
	LOOP(I16STEP, four, rest, one, done)
	PUT(Z0)
	PUT(Z1)
	PUT(Z2)
	PUT(Z3)
	PUT(Z4)
	PUT(Z5)
	PUT(Z6)
	PUT(Z7)
	PUT(Z8)
	PUT(Z9)
	PUT(Z10)
	PUT(Z11)
	VZEROUPPER
	RET

// VPDPBUSD multiplies 64 unsigned bytes (of a) by 64 signed bytes (of b), adds
// each four neighbours and adds that to 16 int32, without saturation.
#define BYTES(at, t, acc) \
	VPBROADCASTD at, t; \
	VPDPBUSD Z16, t, acc

#define BYTES1(ka, kb) \
	VMOVDQU32 kb(DI), Z16; \
	BYTES(ka(SI), Z17, Z0)

#define BYTES4(ka, kb) \
	BYTES1(ka, kb); \
	BYTES(ka(SI)(R8*1), Z18, Z1); \
	BYTES(ka(SI)(R8*2), Z19, Z2); \
	BYTES(ka(R9), Z20, Z3)

#define BYTES12(ka, kb) \
	BYTES4(ka, kb); \
	BYTES(ka(R9)(R8*1), Z17, Z4); \
	BYTES(ka(R9)(R8*2), Z18, Z5); \
	BYTES(ka(R11), Z19, Z6); \
	BYTES(ka(R11)(R8*1), Z20, Z7); \
	BYTES(ka(R11)(R8*2), Z17, Z8); \
	BYTES(ka(R12), Z18, Z9); \
	BYTES(ka(R12)(R8*1), Z19, Z10); \
	BYTES(ka(R12)(R8*2), Z20, Z11)

// func byteTileVNNI(c *int32, a *uint8, lda int, b *int8, rows, k int, start *int32)
//
// rows is 12, 4 or 1; c is [rows][16]. Every sum begins with start, which
// takes away what the 128 added to each element of a contributes.
TEXT ·byteTileVNNI(SB), NOSPLIT, $0-56
	MOVQ c+0(FP), DX
	MOVQ a+8(FP), SI
	MOVQ lda+16(FP), R8
	MOVQ b+24(FP), DI
	MOVQ rows+32(FP), BX
	MOVQ k+40(FP), CX
	MOVQ start+48(FP), R13
	MOVQ $64, R10
	ROWS
	SHRQ $2, CX
	MOVQ CX, AX
	ANDQ $3, AX
	SHRQ $2, CX
	VMOVDQU32 (R13), Z0
	VMOVDQA32 Z0, Z1
	VMOVDQA32 Z0, Z2
	VMOVDQA32 Z0, Z3
	CMPQ BX, $4
	JEQ  rows4
	JLT  rows1
	VMOVDQA32 Z0, Z4
	VMOVDQA32 Z0, Z5
	VMOVDQA32 Z0, Z6
	VMOVDQA32 Z0, Z7
	VMOVDQA32 Z0, Z8
	VMOVDQA32 Z0, Z9
	VMOVDQA32 Z0, Z10
	VMOVDQA32 Z0, Z11
	LOOP(BYTES12, four12, rest12, one12, done12)
	PUT(Z0)
	PUT(Z1)
	PUT(Z2)
	PUT(Z3)
	PUT(Z4)
	PUT(Z5)
	PUT(Z6)
	PUT(Z7)
	PUT(Z8)
	PUT(Z9)
	PUT(Z10)
	PUT(Z11)
	VZEROUPPER
	RET
rows4:
	LOOP(BYTES4, four4, rest4, one4, done4)
	PUT(Z0)
	PUT(Z1)
	PUT(Z2)
	PUT(Z3)
	VZEROUPPER
	RET
rows1:
	LOOP(BYTES1, four1, rest1, one1, done1)
	PUT(Z0)
	VZEROUPPER
	RET
