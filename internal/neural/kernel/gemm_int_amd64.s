#include "textflag.h"

// The integer tile for AVX2: up to 6 rows by 16 columns of int32 sums of
// products of int16.
//
// Registers of the tile:
//
//	Y0  Y1    row 0, columns 0-7 and 8-15, one int32 each
//	...
//	Y10 Y11   row 5
//	Y12 Y13   two k of 16 columns: pairs of int16, side by side
//	Y14       two elements of a row, broadcast; then the second products
//	Y15       the first products
//
//	SI, R9    a: row 0 and row 3; R8 is the distance between rows in bytes
//	DI        b: the panel, 64 bytes for each pair of k
//	DX, R11   c: row 0 and row 3; R10 is the distance between rows in bytes
//	CX, AX    pairs of k that are left: in fours, and the rest
//
// VPMADDWD multiplies 16 pairs and adds neighbours: 8 exact int32. Each pair of
// k costs 12 of them and 12 additions, which is what four vector pipes do in 6
// cycles, twice the multiply-adds of f32.

#define I16B(kb) \
	VMOVDQU kb(DI), Y12; \
	VMOVDQU (kb+32)(DI), Y13

#define I16MADD(lo, hi) \
	VPMADDWD Y12, Y14, Y15; \
	VPMADDWD Y13, Y14, Y14; \
	VPADDD Y15, lo, lo; \
	VPADDD Y14, hi, hi

#define I16R0(ka) VPBROADCASTD ka(SI), Y14; I16MADD(Y0, Y1)
#define I16R1(ka) VPBROADCASTD ka(SI)(R8*1), Y14; I16MADD(Y2, Y3)
#define I16R2(ka) VPBROADCASTD ka(SI)(R8*2), Y14; I16MADD(Y4, Y5)
#define I16R3(ka) VPBROADCASTD ka(R9), Y14; I16MADD(Y6, Y7)
#define I16R4(ka) VPBROADCASTD ka(R9)(R8*1), Y14; I16MADD(Y8, Y9)
#define I16R5(ka) VPBROADCASTD ka(R9)(R8*2), Y14; I16MADD(Y10, Y11)

#define I16K1(ka, kb) I16B(kb); I16R0(ka)
#define I16K2(ka, kb) I16K1(ka, kb); I16R1(ka)
#define I16K3(ka, kb) I16K2(ka, kb); I16R2(ka)
#define I16K4(ka, kb) I16K3(ka, kb); I16R3(ka)
#define I16K5(ka, kb) I16K4(ka, kb); I16R4(ka)
#define I16K6(ka, kb) I16K5(ka, kb); I16R5(ka)

#define I16LOOP(step, four, rest, one, done) \
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

// func i16TileAVX2(c *int32, ldc int, a *int16, lda int, b *int16, rows, k int)
TEXT ·i16TileAVX2(SB), NOSPLIT, $0-56
	MOVQ c+0(FP), DX
	MOVQ ldc+8(FP), R10
	MOVQ a+16(FP), SI
	MOVQ lda+24(FP), R8
	MOVQ b+32(FP), DI
	MOVQ rows+40(FP), R12
	MOVQ k+48(FP), CX
	SHLQ $1, R8
	SHLQ $2, R10
	LEAQ (SI)(R8*2), R9
	ADDQ R8, R9
	LEAQ (DX)(R10*2), R11
	ADDQ R10, R11
	SHRQ $1, CX
	MOVQ CX, AX
	ANDQ $3, AX
	SHRQ $2, CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11
	CMPQ R12, $6
	JEQ  rows6
	CMPQ R12, $4
	JEQ  rows4
	JGT  rows5
	CMPQ R12, $2
	JEQ  rows2
	JGT  rows3

	I16LOOP(I16K1, four1, rest1, one1, done1)
	JMP put
rows2:
	I16LOOP(I16K2, four2, rest2, one2, done2)
	JMP put
rows3:
	I16LOOP(I16K3, four3, rest3, one3, done3)
	JMP put
rows4:
	I16LOOP(I16K4, four4, rest4, one4, done4)
	JMP put
rows5:
	I16LOOP(I16K5, four5, rest5, one5, done5)
	JMP put
rows6:
	I16LOOP(I16K6, four6, rest6, one6, done6)

put:
	VMOVDQU Y0, (DX)
	VMOVDQU Y1, 32(DX)
	CMPQ R12, $2
	JLT  end
	VMOVDQU Y2, (DX)(R10*1)
	VMOVDQU Y3, 32(DX)(R10*1)
	JEQ  end
	VMOVDQU Y4, (DX)(R10*2)
	VMOVDQU Y5, 32(DX)(R10*2)
	CMPQ R12, $4
	JLT  end
	VMOVDQU Y6, (R11)
	VMOVDQU Y7, 32(R11)
	JEQ  end
	VMOVDQU Y8, (R11)(R10*1)
	VMOVDQU Y9, 32(R11)(R10*1)
	CMPQ R12, $6
	JLT  end
	VMOVDQU Y10, (R11)(R10*2)
	VMOVDQU Y11, 32(R11)(R10*2)
end:
	VZEROUPPER
	RET

// The byte tile for AVX2: up to 6 rows by 16 columns, for weights of at most 7
// bits with the sign.
//
//	Y0-Y11    sums, as above
//	Y12 Y13   four k of 16 columns
//	Y14       four elements of a row, broadcast; then the second products
//	Y15       the first products
//
// VPMADDUBSW multiplies unsigned bytes of a by signed bytes of b and adds
// neighbours with saturation at 32767, which 255*63*2 does not reach;
// VPMADDWD by ones adds neighbours again. Three instructions for 32 products
// where the int16 tile needs four.

DATA onesWords<>+0(SB)/8, $0x0001000100010001
DATA onesWords<>+8(SB)/8, $0x0001000100010001
DATA onesWords<>+16(SB)/8, $0x0001000100010001
DATA onesWords<>+24(SB)/8, $0x0001000100010001
GLOBL onesWords<>(SB), RODATA|NOPTR, $32

#define I8MADD(lo, hi) \
	VPMADDUBSW Y12, Y14, Y15; \
	VPMADDUBSW Y13, Y14, Y14; \
	VPMADDWD onesWords<>(SB), Y15, Y15; \
	VPMADDWD onesWords<>(SB), Y14, Y14; \
	VPADDD Y15, lo, lo; \
	VPADDD Y14, hi, hi

#define I8R0(ka) VPBROADCASTD ka(SI), Y14; I8MADD(Y0, Y1)
#define I8R1(ka) VPBROADCASTD ka(SI)(R8*1), Y14; I8MADD(Y2, Y3)
#define I8R2(ka) VPBROADCASTD ka(SI)(R8*2), Y14; I8MADD(Y4, Y5)
#define I8R3(ka) VPBROADCASTD ka(R9), Y14; I8MADD(Y6, Y7)
#define I8R4(ka) VPBROADCASTD ka(R9)(R8*1), Y14; I8MADD(Y8, Y9)
#define I8R5(ka) VPBROADCASTD ka(R9)(R8*2), Y14; I8MADD(Y10, Y11)

#define I8K1(ka, kb) I16B(kb); I8R0(ka)
#define I8K2(ka, kb) I8K1(ka, kb); I8R1(ka)
#define I8K3(ka, kb) I8K2(ka, kb); I8R2(ka)
#define I8K4(ka, kb) I8K3(ka, kb); I8R3(ka)
#define I8K5(ka, kb) I8K4(ka, kb); I8R4(ka)
#define I8K6(ka, kb) I8K5(ka, kb); I8R5(ka)

// func byteTileAVX2(c *int32, a *uint8, lda int, b *int8, rows, k int, start *int32)
//
// c is [rows][16]. Every sum begins with start, which takes away what the 128
// added to each element of a contributes.
TEXT ·byteTileAVX2(SB), NOSPLIT, $0-56
	MOVQ c+0(FP), DX
	MOVQ a+8(FP), SI
	MOVQ lda+16(FP), R8
	MOVQ b+24(FP), DI
	MOVQ rows+32(FP), R12
	MOVQ k+40(FP), CX
	MOVQ start+48(FP), BX
	LEAQ (SI)(R8*2), R9
	ADDQ R8, R9
	SHRQ $2, CX
	MOVQ CX, AX
	ANDQ $3, AX
	SHRQ $2, CX
	VMOVDQU (BX), Y0
	VMOVDQU 32(BX), Y1
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
	CMPQ R12, $6
	JEQ  rows6
	CMPQ R12, $4
	JEQ  rows4
	JGT  rows5
	CMPQ R12, $2
	JEQ  rows2
	JGT  rows3

	I16LOOP(I8K1, four1, rest1, one1, done1)
	JMP put
rows2:
	I16LOOP(I8K2, four2, rest2, one2, done2)
	JMP put
rows3:
	I16LOOP(I8K3, four3, rest3, one3, done3)
	JMP put
rows4:
	I16LOOP(I8K4, four4, rest4, one4, done4)
	JMP put
rows5:
	I16LOOP(I8K5, four5, rest5, one5, done5)
	JMP put
rows6:
	I16LOOP(I8K6, four6, rest6, one6, done6)

put:
	VMOVDQU Y0, (DX)
	VMOVDQU Y1, 32(DX)
	CMPQ R12, $2
	JLT  end
	VMOVDQU Y2, 64(DX)
	VMOVDQU Y3, 96(DX)
	JEQ  end
	VMOVDQU Y4, 128(DX)
	VMOVDQU Y5, 160(DX)
	CMPQ R12, $4
	JLT  end
	VMOVDQU Y6, 192(DX)
	VMOVDQU Y7, 224(DX)
	JEQ  end
	VMOVDQU Y8, 256(DX)
	VMOVDQU Y9, 288(DX)
	CMPQ R12, $6
	JLT  end
	VMOVDQU Y10, 320(DX)
	VMOVDQU Y11, 352(DX)
end:
	VZEROUPPER
	RET

// Shuffles for widen: bytes 0 and 1 (low) or 2 and 3 (high) of every dword to
// the upper halves of its two words; an arithmetic shift right by 8 then gives
// the sign-extended words.
DATA widenLow<>+0(SB)/8, $0x0580048001800080
DATA widenLow<>+8(SB)/8, $0x0D800C8009800880
DATA widenLow<>+16(SB)/8, $0x0580048001800080
DATA widenLow<>+24(SB)/8, $0x0D800C8009800880
GLOBL widenLow<>(SB), RODATA|NOPTR, $32
DATA widenHigh<>+0(SB)/8, $0x0780068003800280
DATA widenHigh<>+8(SB)/8, $0x0F800E800B800A80
DATA widenHigh<>+16(SB)/8, $0x0780068003800280
DATA widenHigh<>+24(SB)/8, $0x0F800E800B800A80
GLOBL widenHigh<>(SB), RODATA|NOPTR, $32

// func widenAVX2(dst *int16, src *int8, groups int)
//
// A group is [16][4] int8 (64 bytes), which becomes two of [16][2] int16.
TEXT ·widenAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ groups+16(FP), CX
	VMOVDQU widenLow<>(SB), Y14
	VMOVDQU widenHigh<>(SB), Y15
	TESTQ CX, CX
	JZ    end
loop:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPSHUFB Y14, Y0, Y2
	VPSHUFB Y14, Y1, Y3
	VPSHUFB Y15, Y0, Y4
	VPSHUFB Y15, Y1, Y5
	VPSRAW $8, Y2, Y2
	VPSRAW $8, Y3, Y3
	VPSRAW $8, Y4, Y4
	VPSRAW $8, Y5, Y5
	VMOVDQU Y2, (DI)
	VMOVDQU Y3, 32(DI)
	VMOVDQU Y4, 64(DI)
	VMOVDQU Y5, 96(DI)
	ADDQ $64, SI
	ADDQ $128, DI
	SUBQ $1, CX
	JNZ  loop
end:
	VZEROUPPER
	RET

// func dequantiseAVX2(dst *float32, ldd int, c *int32, rows int, rowScale, colScale, bias *float32)
//
// Y12 Y13 are the 16 column scales, Y14 Y15 the bias. Multiplication and
// addition are rounded separately, as in plain Go.
TEXT ·dequantiseAVX2(SB), NOSPLIT, $0-56
	MOVQ dst+0(FP), DI
	MOVQ ldd+8(FP), R10
	MOVQ c+16(FP), SI
	MOVQ rows+24(FP), CX
	MOVQ rowScale+32(FP), DX
	MOVQ colScale+40(FP), R8
	MOVQ bias+48(FP), R9
	SHLQ $2, R10
	VMOVUPS (R8), Y12
	VMOVUPS 32(R8), Y13
	VMOVUPS (R9), Y14
	VMOVUPS 32(R9), Y15
loop:
	VBROADCASTSS (DX), Y4
	VMULPS Y12, Y4, Y5
	VMULPS Y13, Y4, Y6
	VCVTDQ2PS (SI), Y0
	VCVTDQ2PS 32(SI), Y1
	VMULPS Y5, Y0, Y0
	VMULPS Y6, Y1, Y1
	VADDPS Y14, Y0, Y0
	VADDPS Y15, Y1, Y1
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	ADDQ $4, DX
	ADDQ $64, SI
	ADDQ R10, DI
	SUBQ $1, CX
	JNZ  loop
	VZEROUPPER
	RET
