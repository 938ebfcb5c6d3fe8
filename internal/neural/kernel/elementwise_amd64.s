#include "textflag.h"

// The element-wise kernels for AVX2. Each repeats its plain Go definition
// operation by operation, eight elements at a time: multiplications and
// additions stay separate instructions, because a fused one rounds once and
// would give other bits than a processor without it.

#define EIGHT(name, v) \
	DATA name<>+0(SB)/4, v; \
	DATA name<>+4(SB)/4, v; \
	DATA name<>+8(SB)/4, v; \
	DATA name<>+12(SB)/4, v; \
	DATA name<>+16(SB)/4, v; \
	DATA name<>+20(SB)/4, v; \
	DATA name<>+24(SB)/4, v; \
	DATA name<>+28(SB)/4, v; \
	GLOBL name<>(SB), RODATA|NOPTR, $32

EIGHT(absMask, $0x7FFFFFFF)
EIGHT(one, $1.0)
EIGHT(magic, $0x4B400000)
EIGHT(limit, $86.0)
EIGHT(minusLimit, $-86.0)
EIGHT(log2e, $1.44269504088896341)
EIGHT(ln2Hi, $0.693359375)
EIGHT(ln2Lo, $-2.12194440e-4)
EIGHT(exp0, $1.9875691500e-4)
EIGHT(exp1, $1.3981999507e-3)
EIGHT(exp2, $8.3334519073e-3)
EIGHT(exp3, $4.1665795894e-2)
EIGHT(exp4, $1.6666665459e-1)
EIGHT(exp5, $5.0000001201e-1)
EIGHT(minusGelu0, $-1.5957691216)
EIGHT(minusGelu1, $-0.071354816272344)

// Four vectors of eight go through the exponential side by side: one chain of
// some twenty dependent operations would leave the units waiting.
//
//	Y0-Y3     x, then r
//	Y4-Y7     t, whose low bits are n
//	Y8-Y11    n, then r², then terms of the polynomial
//	Y12-Y15   the result

#define ALL(op, k, s0, s1, s2, s3, d0, d1, d2, d3) \
	op k, s0, d0; \
	op k, s1, d1; \
	op k, s2, d2; \
	op k, s3, d3

#define EACH(op, k0, k1, k2, k3, s0, s1, s2, s3, d0, d1, d2, d3) \
	op k0, s0, d0; \
	op k1, s1, d1; \
	op k2, s2, d2; \
	op k3, s3, d3

#define EXP4 \
	ALL(VMINPS, limit<>(SB), Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3); \
	ALL(VMAXPS, minusLimit<>(SB), Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3); \
	ALL(VMULPS, log2e<>(SB), Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7); \
	ALL(VADDPS, magic<>(SB), Y4, Y5, Y6, Y7, Y4, Y5, Y6, Y7); \
	ALL(VSUBPS, magic<>(SB), Y4, Y5, Y6, Y7, Y8, Y9, Y10, Y11); \
	ALL(VMULPS, ln2Hi<>(SB), Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15); \
	EACH(VSUBPS, Y12, Y13, Y14, Y15, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3); \
	ALL(VMULPS, ln2Lo<>(SB), Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15); \
	EACH(VSUBPS, Y12, Y13, Y14, Y15, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3); \
	ALL(VMULPS, exp0<>(SB), Y0, Y1, Y2, Y3, Y12, Y13, Y14, Y15); \
	ALL(VADDPS, exp1<>(SB), Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	EACH(VMULPS, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3, Y8, Y9, Y10, Y11); \
	EACH(VMULPS, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	ALL(VMULPS, exp2<>(SB), Y0, Y1, Y2, Y3, Y8, Y9, Y10, Y11); \
	ALL(VADDPS, exp3<>(SB), Y8, Y9, Y10, Y11, Y8, Y9, Y10, Y11); \
	EACH(VADDPS, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	EACH(VMULPS, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3, Y8, Y9, Y10, Y11); \
	EACH(VMULPS, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	ALL(VMULPS, exp4<>(SB), Y0, Y1, Y2, Y3, Y8, Y9, Y10, Y11); \
	ALL(VADDPS, exp5<>(SB), Y8, Y9, Y10, Y11, Y8, Y9, Y10, Y11); \
	EACH(VADDPS, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	EACH(VMULPS, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3, Y8, Y9, Y10, Y11); \
	EACH(VMULPS, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	EACH(VADDPS, Y0, Y1, Y2, Y3, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	ALL(VADDPS, one<>(SB), Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15); \
	ALL(VPSLLD, $23, Y4, Y5, Y6, Y7, Y4, Y5, Y6, Y7); \
	EACH(VPADDD, Y4, Y5, Y6, Y7, Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15)

// FOLD adds 32 lanes in four registers by halves into lane 0 of a.
#define FOLD(a, ax, b, bx, c, d) \
	VADDPS c, a, a; \
	VADDPS d, b, b; \
	VADDPS b, a, a; \
	VEXTRACTF128 $1, a, bx; \
	VADDPS bx, ax, ax; \
	VMOVHLPS ax, ax, bx; \
	VADDPS bx, ax, ax; \
	VMOVSHDUP ax, bx; \
	VADDSS bx, ax, ax

// MAXFOLD leaves the largest of the 16 lanes of a and b in lane 0 of a.
#define MAXFOLD(a, ax, b, bx) \
	VMAXPS b, a, a; \
	VEXTRACTF128 $1, a, bx; \
	VMAXPS bx, ax, ax; \
	VMOVHLPS ax, ax, bx; \
	VMAXPS bx, ax, ax; \
	VMOVSHDUP ax, bx; \
	VMAXSS bx, ax, ax

// func geluAVX2(x *float32, thirtyTwos int)
TEXT ·geluAVX2(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), SI
	MOVQ thirtyTwos+8(FP), CX
loop:
	VMOVUPS (SI), Y4
	VMOVUPS 32(SI), Y5
	VMOVUPS 64(SI), Y6
	VMOVUPS 96(SI), Y7
	EACH(VMULPS, Y4, Y5, Y6, Y7, Y4, Y5, Y6, Y7, Y0, Y1, Y2, Y3)
	ALL(VMULPS, minusGelu1<>(SB), Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3)
	ALL(VADDPS, minusGelu0<>(SB), Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3)
	EACH(VMULPS, Y4, Y5, Y6, Y7, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3)
	EXP4
	ALL(VADDPS, one<>(SB), Y12, Y13, Y14, Y15, Y12, Y13, Y14, Y15)
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
	VMOVUPS 64(SI), Y2
	VMOVUPS 96(SI), Y3
	EACH(VDIVPS, Y12, Y13, Y14, Y15, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3)
	VMOVUPS Y0, (SI)
	VMOVUPS Y1, 32(SI)
	VMOVUPS Y2, 64(SI)
	VMOVUPS Y3, 96(SI)
	ADDQ $128, SI
	SUBQ $1, CX
	JNZ  loop
	VZEROUPPER
	RET

// func addAVX2(dst, x *float32, eights int)
TEXT ·addAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ eights+16(FP), CX
loop:
	VMOVUPS (DI), Y0
	VADDPS (SI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $1, CX
	JNZ  loop
	VZEROUPPER
	RET

// func addNormAVX2(dst, x, residual, gamma, beta *float32, n int, eps float32)
//
// n is a multiple of 32. Y0-Y3 are the 32 lanes of a sum; the row is gone over
// three times: sum, squares, result.
TEXT ·addNormAVX2(SB), NOSPLIT, $0-52
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ residual+16(FP), DX
	MOVQ gamma+24(FP), R8
	MOVQ beta+32(FP), R9
	MOVQ n+40(FP), CX
	VCVTSI2SSQ CX, X15, X15
	SHLQ $2, CX
	XORQ AX, AX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	TESTQ DX, DX
	JZ   sumOne
sum:
	VMOVUPS (SI)(AX*1), Y4
	VMOVUPS 32(SI)(AX*1), Y5
	VMOVUPS 64(SI)(AX*1), Y6
	VMOVUPS 96(SI)(AX*1), Y7
	VADDPS (DX)(AX*1), Y4, Y4
	VADDPS 32(DX)(AX*1), Y5, Y5
	VADDPS 64(DX)(AX*1), Y6, Y6
	VADDPS 96(DX)(AX*1), Y7, Y7
	VMOVUPS Y4, (DI)(AX*1)
	VMOVUPS Y5, 32(DI)(AX*1)
	VMOVUPS Y6, 64(DI)(AX*1)
	VMOVUPS Y7, 96(DI)(AX*1)
	VADDPS Y4, Y0, Y0
	VADDPS Y5, Y1, Y1
	VADDPS Y6, Y2, Y2
	VADDPS Y7, Y3, Y3
	ADDQ $128, AX
	CMPQ AX, CX
	JLT  sum
	JMP  mean
sumOne:
	VMOVUPS (SI)(AX*1), Y4
	VMOVUPS 32(SI)(AX*1), Y5
	VMOVUPS 64(SI)(AX*1), Y6
	VMOVUPS 96(SI)(AX*1), Y7
	VMOVUPS Y4, (DI)(AX*1)
	VMOVUPS Y5, 32(DI)(AX*1)
	VMOVUPS Y6, 64(DI)(AX*1)
	VMOVUPS Y7, 96(DI)(AX*1)
	VADDPS Y4, Y0, Y0
	VADDPS Y5, Y1, Y1
	VADDPS Y6, Y2, Y2
	VADDPS Y7, Y3, Y3
	ADDQ $128, AX
	CMPQ AX, CX
	JLT  sumOne
mean:
	FOLD(Y0, X0, Y1, X1, Y2, Y3)
	VDIVSS X15, X0, X0
	VBROADCASTSS X0, Y14
	XORQ AX, AX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
squares:
	VMOVUPS (DI)(AX*1), Y4
	VMOVUPS 32(DI)(AX*1), Y5
	VMOVUPS 64(DI)(AX*1), Y6
	VMOVUPS 96(DI)(AX*1), Y7
	VSUBPS Y14, Y4, Y4
	VSUBPS Y14, Y5, Y5
	VSUBPS Y14, Y6, Y6
	VSUBPS Y14, Y7, Y7
	VMOVUPS Y4, (DI)(AX*1)
	VMOVUPS Y5, 32(DI)(AX*1)
	VMOVUPS Y6, 64(DI)(AX*1)
	VMOVUPS Y7, 96(DI)(AX*1)
	VMULPS Y4, Y4, Y4
	VMULPS Y5, Y5, Y5
	VMULPS Y6, Y6, Y6
	VMULPS Y7, Y7, Y7
	VADDPS Y4, Y0, Y0
	VADDPS Y5, Y1, Y1
	VADDPS Y6, Y2, Y2
	VADDPS Y7, Y3, Y3
	ADDQ $128, AX
	CMPQ AX, CX
	JLT  squares
	FOLD(Y0, X0, Y1, X1, Y2, Y3)
	VDIVSS X15, X0, X0
	VADDSS eps+48(FP), X0, X0
	VSQRTSS X0, X0, X0
	VMOVSS one<>(SB), X1
	VDIVSS X0, X1, X0
	VBROADCASTSS X0, Y14
	XORQ AX, AX
result:
	VMULPS (DI)(AX*1), Y14, Y4
	VMULPS 32(DI)(AX*1), Y14, Y5
	VMULPS (R8)(AX*1), Y4, Y4
	VMULPS 32(R8)(AX*1), Y5, Y5
	VADDPS (R9)(AX*1), Y4, Y4
	VADDPS 32(R9)(AX*1), Y5, Y5
	VMOVUPS Y4, (DI)(AX*1)
	VMOVUPS Y5, 32(DI)(AX*1)
	ADDQ $64, AX
	CMPQ AX, CX
	JLT  result
	VZEROUPPER
	RET

// func quantiseAVX2(q *int16, ldq int, scale, x *float32, blocks, dim int, limit float32)
//
// dim is a multiple of 16. Each block is read twice: for its largest magnitude
// and to be scaled and rounded (VCVTPS2DQ rounds half to even).
DATA tiny<>+0(SB)/4, $1e-30
GLOBL tiny<>(SB), RODATA|NOPTR, $4

TEXT ·quantiseAVX2(SB), NOSPLIT, $0-52
	MOVQ q+0(FP), DI
	MOVQ ldq+8(FP), R8
	MOVQ scale+16(FP), DX
	MOVQ x+24(FP), SI
	MOVQ blocks+32(FP), BX
	MOVQ dim+40(FP), CX
	VMOVSS limit+48(FP), X14
	VMOVUPS absMask<>(SB), Y15
	SHLQ $1, R8
	SHLQ $2, CX
block:
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	XORQ AX, AX
largest:
	VANDPS (SI)(AX*1), Y15, Y2
	VANDPS 32(SI)(AX*1), Y15, Y3
	VMAXPS Y2, Y0, Y0
	VMAXPS Y3, Y1, Y1
	ADDQ $64, AX
	CMPQ AX, CX
	JLT  largest
	MAXFOLD(Y0, X0, Y1, X1)
	VUCOMISS tiny<>(SB), X0
	JHI  scaled
	VXORPS X1, X1, X1
	VXORPS X2, X2, X2
	JMP  round
scaled:
	VDIVSS X0, X14, X1
	VDIVSS X14, X0, X2
round:
	VMOVSS X2, (DX)
	VBROADCASTSS X1, Y4
	XORQ AX, AX
	MOVQ DI, R9
store:
	VMULPS (SI)(AX*1), Y4, Y0
	VMULPS 32(SI)(AX*1), Y4, Y1
	VCVTPS2DQ Y0, Y0
	VCVTPS2DQ Y1, Y1
	VPACKSSDW Y1, Y0, Y0
	VPERMQ $0xD8, Y0, Y0
	VMOVDQU Y0, (R9)
	ADDQ $32, R9
	ADDQ $64, AX
	CMPQ AX, CX
	JLT  store
	ADDQ $4, DX
	ADDQ CX, SI
	ADDQ R8, DI
	SUBQ $1, BX
	JNZ  block
	VZEROUPPER
	RET

// func largestMagnitudesAVX2(top, x *float32, eights int)
TEXT ·largestMagnitudesAVX2(SB), NOSPLIT, $0-24
	MOVQ top+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ eights+16(FP), CX
	VMOVUPS absMask<>(SB), Y15
loop:
	VANDPS (SI), Y15, Y0
	VMAXPS (DI), Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $1, CX
	JNZ  loop
	VZEROUPPER
	RET

// func maxAVX2(x *float32, sixteens int) float32
TEXT ·maxAVX2(SB), NOSPLIT, $0-20
	MOVQ x+0(FP), SI
	MOVQ sixteens+8(FP), CX
	VMOVUPS (SI), Y0
	VMOVUPS 32(SI), Y1
loop:
	VMAXPS (SI), Y0, Y0
	VMAXPS 32(SI), Y1, Y1
	ADDQ $64, SI
	SUBQ $1, CX
	JNZ  loop
	MAXFOLD(Y0, X0, Y1, X1)
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

// func expAVX2(x *float32, shift float32, sixteens int) float32
//
// 32 elements at a time; of the last 16, where there are such, the upper two
// vectors are computed and not stored. The sum is taken by a second loop, whose
// 32 lanes are Y0-Y3, because the first one needs every register.
TEXT ·expAVX2(SB), NOSPLIT, $0-28
	MOVQ x+0(FP), SI
	MOVQ sixteens+16(FP), CX
	MOVQ SI, DI
	MOVQ CX, DX
loop:
	VBROADCASTSS shift+8(FP), Y15
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVAPS Y1, Y2
	VMOVAPS Y1, Y3
	CMPQ DX, $1
	JEQ  half
	VMOVUPS 64(DI), Y2
	VMOVUPS 96(DI), Y3
half:
	ALL(VSUBPS, Y15, Y0, Y1, Y2, Y3, Y0, Y1, Y2, Y3)
	EXP4
	VMOVUPS Y12, (DI)
	VMOVUPS Y13, 32(DI)
	SUBQ $1, DX
	JZ   sum
	VMOVUPS Y14, 64(DI)
	VMOVUPS Y15, 96(DI)
	ADDQ $128, DI
	SUBQ $1, DX
	JNZ  loop
sum:
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
more:
	VADDPS (SI), Y0, Y0
	VADDPS 32(SI), Y1, Y1
	SUBQ $1, CX
	JZ   done
	VADDPS 64(SI), Y2, Y2
	VADDPS 96(SI), Y3, Y3
	ADDQ $128, SI
	SUBQ $1, CX
	JNZ  more
done:
	FOLD(Y0, X0, Y1, X1, Y2, Y3)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func fromBytesAVX2(dst *int16, src *uint8, offset int16, sixteens int)
TEXT ·fromBytesAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	VPBROADCASTW offset+16(FP), Y15
	MOVQ sixteens+24(FP), CX
loop:
	VPMOVZXBW (SI), Y0
	VPSUBW Y15, Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ $16, SI
	ADDQ $32, DI
	SUBQ $1, CX
	JNZ  loop
	VZEROUPPER
	RET

// The order in which VPACKSSDW and VPACKSSWB leave groups of four elements.
DATA packedGroups<>+0(SB)/8, $0x0000000400000000
DATA packedGroups<>+8(SB)/8, $0x0000000500000001
DATA packedGroups<>+16(SB)/8, $0x0000000600000002
DATA packedGroups<>+24(SB)/8, $0x0000000700000003
GLOBL packedGroups<>(SB), RODATA|NOPTR, $32
DATA signBytes<>+0(SB)/8, $0x8080808080808080
DATA signBytes<>+8(SB)/8, $0x8080808080808080
DATA signBytes<>+16(SB)/8, $0x8080808080808080
DATA signBytes<>+24(SB)/8, $0x8080808080808080
GLOBL signBytes<>(SB), RODATA|NOPTR, $32

// QUANTISE16 leaves 16 elements of x, scaled and rounded, in to: words in the
// order of VPACKSSDW.
#define QUANTISE16(at, to) \
	VMULPS at(SI)(AX*1), Y4, Y0; \
	VMULPS (at+32)(SI)(AX*1), Y4, Y1; \
	VCVTPS2DQ Y0, Y0; \
	VCVTPS2DQ Y1, Y1; \
	VPACKSSDW Y1, Y0, to

// BYTES32 stores 32 words as bytes plus 128.
#define BYTES32(a, b, at) \
	VPACKSSWB b, a, Y0; \
	VPERMD Y0, Y9, Y0; \
	VPXOR Y0, Y8, Y0; \
	VMOVDQU Y0, at(DI)

// MAXOFEIGHT puts the largest of the eight lanes of y at 0 at.
#define MAXOFEIGHT(y, x, at) \
	VEXTRACTI128 $1, y, X0; \
	VPMAXSD X0, x, x; \
	VPSHUFD $0x4E, x, X0; \
	VPMAXSD X0, x, x; \
	VPSHUFD $0xB1, x, X0; \
	VPMAXSD X0, x, x; \
	VMOVD x, at

// func quantiseBytesAVX2(q *uint8, energy *int32, scale, x *float32, rows, dim int)
//
// dim is a multiple of 64; energy is [rows][3].
//
//	Y4        factor of the row
//	Y5-Y7     largest energies of runs of one, two and four blocks
//	Y10-Y13   64 elements as words, 16 each, then their energies
TEXT ·quantiseBytesAVX2(SB), NOSPLIT, $0-48
	MOVQ q+0(FP), DI
	MOVQ energy+8(FP), R8
	MOVQ scale+16(FP), DX
	MOVQ x+24(FP), SI
	MOVQ rows+32(FP), BX
	MOVQ dim+40(FP), CX
	SHLQ $2, CX
	VMOVDQU packedGroups<>(SB), Y9
	VMOVDQU signBytes<>(SB), Y8
	MOVL $0x42FE0000, R9 // 127
	VMOVD R9, X14
row:
	VMOVUPS absMask<>(SB), Y15
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	XORQ AX, AX
largest:
	VANDPS (SI)(AX*1), Y15, Y4
	VANDPS 32(SI)(AX*1), Y15, Y5
	VANDPS 64(SI)(AX*1), Y15, Y6
	VANDPS 96(SI)(AX*1), Y15, Y7
	VMAXPS Y4, Y0, Y0
	VMAXPS Y5, Y1, Y1
	VMAXPS Y6, Y2, Y2
	VMAXPS Y7, Y3, Y3
	ADDQ $128, AX
	CMPQ AX, CX
	JLT  largest
	VMAXPS Y2, Y0, Y0
	VMAXPS Y3, Y1, Y1
	MAXFOLD(Y0, X0, Y1, X1)
	VUCOMISS tiny<>(SB), X0
	JHI  scaled
	VXORPS X1, X1, X1
	VXORPS X2, X2, X2
	JMP  round
scaled:
	VDIVSS X0, X14, X1
	VDIVSS X14, X0, X2
round:
	VMOVSS X2, (DX)
	VBROADCASTSS X1, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	XORQ AX, AX
store:
	QUANTISE16(0, Y10)
	QUANTISE16(64, Y11)
	QUANTISE16(128, Y12)
	QUANTISE16(192, Y13)
	BYTES32(Y10, Y11, 0)
	BYTES32(Y12, Y13, 32)
	VPMADDWD Y10, Y10, Y10
	VPMADDWD Y11, Y11, Y11
	VPMADDWD Y12, Y12, Y12
	VPMADDWD Y13, Y13, Y13
	VPUNPCKLQDQ Y11, Y10, Y0
	VPUNPCKHQDQ Y11, Y10, Y1
	VPUNPCKLQDQ Y13, Y12, Y2
	VPUNPCKHQDQ Y13, Y12, Y3
	VPADDD Y1, Y0, Y0
	VPADDD Y3, Y2, Y2
	VPERM2I128 $0x20, Y2, Y0, Y1
	VPERM2I128 $0x31, Y2, Y0, Y3
	VPADDD Y3, Y1, Y0
	VPMAXSD Y0, Y5, Y5
	VPSHUFD $0x4E, Y0, Y1
	VPADDD Y1, Y0, Y0
	VPMAXSD Y0, Y6, Y6
	VPERM2I128 $0x01, Y0, Y0, Y1
	VPADDD Y1, Y0, Y0
	VPMAXSD Y0, Y7, Y7
	ADDQ $64, DI
	ADDQ $256, AX
	CMPQ AX, CX
	JLT  store
	MAXOFEIGHT(Y5, X5, 0(R8))
	MAXOFEIGHT(Y6, X6, 4(R8))
	MAXOFEIGHT(Y7, X7, 8(R8))
	ADDQ $12, R8
	ADDQ $4, DX
	ADDQ CX, SI
	SUBQ $1, BX
	JNZ  row
	VZEROUPPER
	RET
