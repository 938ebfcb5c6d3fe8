#include "textflag.h"

// The tile of runs for AVX2: 6 rows by 16 columns, for weights of at most 7 bits
// with the sign.
//
//	Y0-Y11    sums of 16 bits: row 0 columns 0-7, row 0 columns 8-15, row 1 ...
//	Y12 Y13   four k of 16 columns
//	Y14       four elements of a row, broadcast; then the second products
//	Y15       the first products
//
//	SI, R9    a: row 0 and row 3; R8 is the distance between rows in bytes
//	DI        b: the panel, 64 bytes for each four k
//	BX        shift: 64 bytes for each block
//	DX        acc: 12 vectors of int32
//	R13       runs that are left; R12 is their length in blocks, AX what is left of one
//	R10 R11   tiles that are left, and the kind of the next
//
// VPMADDUBSW costs one of the two multipliers, and to widen its sums of two by
// VPMADDWD the other one. So sums stay narrow for a whole run. They wrap, which
// takes nothing away, as the sum without the 128 that was added to each element
// of a fits 16 bits; shift takes the 128 away.

#define RUNROW(from, lo, hi) \
	VPBROADCASTD from, Y14; \
	VPMADDUBSW Y12, Y14, Y15; \
	VPMADDUBSW Y13, Y14, Y14; \
	VPADDW Y15, lo, lo; \
	VPADDW Y14, hi, hi

#define RUNSTEP(ka, kb) \
	VMOVDQU kb(DI), Y12; \
	VMOVDQU (kb+32)(DI), Y13; \
	RUNROW(ka(SI), Y0, Y1); \
	RUNROW(ka(SI)(R8*1), Y2, Y3); \
	RUNROW(ka(SI)(R8*2), Y4, Y5); \
	RUNROW(ka(R9), Y6, Y7); \
	RUNROW(ka(R9)(R8*1), Y8, Y9); \
	RUNROW(ka(R9)(R8*2), Y10, Y11)

// RUNWIDEN adds the pairs of sums in y and what is in acc already.
#define RUNWIDEN(y, at) \
	VPMADDWD Y12, y, y; \
	VPADDD at(DX), y, y

#define RUNADD(y, at) \
	RUNWIDEN(y, at); \
	VMOVDQU y, at(DX)

// RUNPUT writes a row: float32(sum) * (rowScale*colScale) + bias, each operation
// rounded by itself. Y12 Y13 are the column scales.
#define RUNPUT(lo, hi, rowScale, to) \
	VBROADCASTSS rowScale, Y14; \
	VMULPS Y12, Y14, Y15; \
	VMULPS Y13, Y14, Y14; \
	VCVTDQ2PS lo, lo; \
	VCVTDQ2PS hi, hi; \
	VMULPS Y15, lo, lo; \
	VMULPS Y14, hi, hi; \
	VADDPS (R12), lo, lo; \
	VADDPS 32(R12), hi, hi; \
	VMOVUPS lo, 0 to; \
	VMOVUPS hi, 32 to

// func runTilesAVX2(dst *float32, ldd int, a *uint8, lda int, b *int8, shift *int16, blocks int, kinds *uint8, tiles int, rowScale, colScale, bias *float32, acc *int32)
//
// What changes from tile to tile is kept in its argument: dst, a, rowScale.
TEXT ·runTilesAVX2(SB), NOSPLIT, $0-104
	MOVQ lda+24(FP), R8
	MOVQ kinds+56(FP), R11
	MOVQ tiles+64(FP), R10
	MOVQ acc+96(FP), DX
tile:
	MOVBLZX (R11), CX
	ADDQ $1, R11
	SUBQ $1, CX
	JLT  next
	MOVQ a+16(FP), SI
	MOVQ b+32(FP), DI
	MOVQ shift+40(FP), BX
	MOVQ blocks+48(FP), R13
	SHRQ CX, R13
	MOVL $1, R12
	SHLQ CX, R12
	LEAQ (SI)(R8*2), R9
	ADDQ R8, R9
	VPXOR Y0, Y0, Y0
	VMOVDQU Y0, (DX)
	VMOVDQU Y0, 32(DX)
	VMOVDQU Y0, 64(DX)
	VMOVDQU Y0, 96(DX)
	VMOVDQU Y0, 128(DX)
	VMOVDQU Y0, 160(DX)
	VMOVDQU Y0, 192(DX)
	VMOVDQU Y0, 224(DX)
	VMOVDQU Y0, 256(DX)
	VMOVDQU Y0, 288(DX)
	VMOVDQU Y0, 320(DX)
	VMOVDQU Y0, 352(DX)

run:
	VMOVDQU (BX), Y0
	VMOVDQU 32(BX), Y1
	ADDQ $64, BX
	MOVQ R12, AX
	SUBQ $1, AX
	JZ   shifted
shifts:
	VPADDW (BX), Y0, Y0
	VPADDW 32(BX), Y1, Y1
	ADDQ $64, BX
	SUBQ $1, AX
	JNZ  shifts
shifted:
	MOVQ R12, AX
	VMOVDQA Y0, Y2
	VMOVDQA Y1, Y3
	VMOVDQA Y0, Y4
	VMOVDQA Y1, Y5
	VMOVDQA Y0, Y6
	VMOVDQA Y1, Y7
	VMOVDQA Y0, Y8
	VMOVDQA Y1, Y9
	VMOVDQA Y0, Y10
	VMOVDQA Y1, Y11
oneBlock:
	RUNSTEP(0, 0)
	RUNSTEP(4, 64)
	RUNSTEP(8, 128)
	RUNSTEP(12, 192)
	ADDQ $16, SI
	ADDQ $16, R9
	ADDQ $256, DI
	SUBQ $1, AX
	JNZ  oneBlock
	VMOVDQU onesWords<>(SB), Y12
	SUBQ $1, R13
	JZ   last
	RUNADD(Y0, 0)
	RUNADD(Y1, 32)
	RUNADD(Y2, 64)
	RUNADD(Y3, 96)
	RUNADD(Y4, 128)
	RUNADD(Y5, 160)
	RUNADD(Y6, 192)
	RUNADD(Y7, 224)
	RUNADD(Y8, 256)
	RUNADD(Y9, 288)
	RUNADD(Y10, 320)
	RUNADD(Y11, 352)
	JMP  run

last:
	RUNWIDEN(Y0, 0)
	RUNWIDEN(Y1, 32)
	RUNWIDEN(Y2, 64)
	RUNWIDEN(Y3, 96)
	RUNWIDEN(Y4, 128)
	RUNWIDEN(Y5, 160)
	RUNWIDEN(Y6, 192)
	RUNWIDEN(Y7, 224)
	RUNWIDEN(Y8, 256)
	RUNWIDEN(Y9, 288)
	RUNWIDEN(Y10, 320)
	RUNWIDEN(Y11, 352)
	MOVQ dst+0(FP), DI
	MOVQ ldd+8(FP), CX
	MOVQ rowScale+72(FP), AX
	MOVQ colScale+80(FP), BX
	MOVQ bias+88(FP), R12
	SHLQ $2, CX
	LEAQ (DI)(CX*2), R9
	ADDQ CX, R9
	VMOVUPS (BX), Y12
	VMOVUPS 32(BX), Y13
	RUNPUT(Y0, Y1, (AX), (DI))
	RUNPUT(Y2, Y3, 4(AX), (DI)(CX*1))
	RUNPUT(Y4, Y5, 8(AX), (DI)(CX*2))
	RUNPUT(Y6, Y7, 12(AX), (R9))
	RUNPUT(Y8, Y9, 16(AX), (R9)(CX*1))
	RUNPUT(Y10, Y11, 20(AX), (R9)(CX*2))
next:
	LEAQ (R8)(R8*2), AX
	SHLQ $1, AX
	ADDQ AX, a+16(FP)
	MOVQ ldd+8(FP), AX
	LEAQ (AX)(AX*2), AX
	SHLQ $3, AX
	ADDQ AX, dst+0(FP)
	ADDQ $24, rowScale+72(FP)
	SUBQ $1, R10
	JNZ  tile
	VZEROUPPER
	RET

DATA onesWords<>+0(SB)/8, $0x0001000100010001
DATA onesWords<>+8(SB)/8, $0x0001000100010001
DATA onesWords<>+16(SB)/8, $0x0001000100010001
DATA onesWords<>+24(SB)/8, $0x0001000100010001
GLOBL onesWords<>(SB), RODATA|NOPTR, $32
