#include "textflag.h"

// The element-wise kernels for NEON, four elements to a register. Each repeats
// its plain Go definition operation by operation; multiplications and additions
// stay separate instructions, because a fused one rounds once.
//
// Go's assembler lacks the vector instructions below; each is written as its
// encoding (Arm Architecture Reference Manual), registers by number. Of three
// registers the last is the result: d = n op m.

#define FADD(m, n, d) WORD $(0x4E20D400 | (m)<<16 | (n)<<5 | (d))
#define FSUB(m, n, d) WORD $(0x4EA0D400 | (m)<<16 | (n)<<5 | (d))
#define FMUL(m, n, d) WORD $(0x6E20DC00 | (m)<<16 | (n)<<5 | (d))
#define FDIV(m, n, d) WORD $(0x6E20FC00 | (m)<<16 | (n)<<5 | (d))
#define FMAX(m, n, d) WORD $(0x4E20F400 | (m)<<16 | (n)<<5 | (d))
#define FMIN(m, n, d) WORD $(0x4EA0F400 | (m)<<16 | (n)<<5 | (d))
#define FABS(n, d) WORD $(0x4EA0F800 | (n)<<5 | (d))

// FMAXV: the largest of four lanes.
#define FMAXV(n, d) WORD $(0x6E30F800 | (n)<<5 | (d))

// FCVTNS: to int32, half to even. SCVTF: from int32.
#define FCVTNS(n, d) WORD $(0x4E21A800 | (n)<<5 | (d))
#define SCVTF(n, d) WORD $(0x4E21D800 | (n)<<5 | (d))

// XTN, XTN2: int32 to int16 into the lower or upper half; XTNB, XTNB2: int16
// to bytes.
#define XTN(n, d) WORD $(0x0E612800 | (n)<<5 | (d))
#define XTN2(n, d) WORD $(0x4E612800 | (n)<<5 | (d))
#define XTNB(n, d) WORD $(0x0E212800 | (n)<<5 | (d))
#define XTNB2(n, d) WORD $(0x4E212800 | (n)<<5 | (d))

// The constants of the exponential and of GELU, in the order of V16-V30.
DATA constants<>+0(SB)/4, $1.44269504088896341
DATA constants<>+4(SB)/4, $0x4B400000
DATA constants<>+8(SB)/4, $0.693359375
DATA constants<>+12(SB)/4, $-2.12194440e-4
DATA constants<>+16(SB)/4, $1.9875691500e-4
DATA constants<>+20(SB)/4, $1.3981999507e-3
DATA constants<>+24(SB)/4, $8.3334519073e-3
DATA constants<>+28(SB)/4, $4.1665795894e-2
DATA constants<>+32(SB)/4, $1.6666665459e-1
DATA constants<>+36(SB)/4, $5.0000001201e-1
DATA constants<>+40(SB)/4, $1.0
DATA constants<>+44(SB)/4, $86.0
DATA constants<>+48(SB)/4, $-86.0
DATA constants<>+52(SB)/4, $-1.5957691216
DATA constants<>+56(SB)/4, $-0.071354816272344
GLOBL constants<>(SB), RODATA|NOPTR, $60

#define CONSTANTS(r) \
	MOVD $constants<>(SB), r; \
	VLD1R.P 4(r), [V16.S4]; \
	VLD1R.P 4(r), [V17.S4]; \
	VLD1R.P 4(r), [V18.S4]; \
	VLD1R.P 4(r), [V19.S4]; \
	VLD1R.P 4(r), [V20.S4]; \
	VLD1R.P 4(r), [V21.S4]; \
	VLD1R.P 4(r), [V22.S4]; \
	VLD1R.P 4(r), [V23.S4]; \
	VLD1R.P 4(r), [V24.S4]; \
	VLD1R.P 4(r), [V25.S4]; \
	VLD1R.P 4(r), [V26.S4]; \
	VLD1R.P 4(r), [V27.S4]; \
	VLD1R.P 4(r), [V28.S4]; \
	VLD1R.P 4(r), [V29.S4]; \
	VLD1R.P 4(r), [V30.S4]

// ALL applies op to four registers that start at s, with register k, giving
// four that start at d; EACH takes four that start at k.
#define ALL(op, k, s, d) \
	op(k, s, d); \
	op(k, (s)+1, (d)+1); \
	op(k, (s)+2, (d)+2); \
	op(k, (s)+3, (d)+3)

#define EACH(op, k, s, d) \
	op(k, s, d); \
	op((k)+1, (s)+1, (d)+1); \
	op((k)+2, (s)+2, (d)+2); \
	op((k)+3, (s)+3, (d)+3)

// EXP16 sets V12-V15 to the exponentials of V0-V3. V4-V7 hold t, whose low bits
// are n; V8-V11 hold n, then r², then terms of the polynomial.
#define EXP16 \
	ALL(FMIN, 27, 0, 0); \
	ALL(FMAX, 28, 0, 0); \
	ALL(FMUL, 16, 0, 4); \
	ALL(FADD, 17, 4, 4); \
	ALL(FSUB, 17, 4, 8); \
	ALL(FMUL, 18, 8, 12); \
	EACH(FSUB, 12, 0, 0); \
	ALL(FMUL, 19, 8, 12); \
	EACH(FSUB, 12, 0, 0); \
	ALL(FMUL, 20, 0, 12); \
	ALL(FADD, 21, 12, 12); \
	EACH(FMUL, 0, 0, 8); \
	EACH(FMUL, 8, 12, 12); \
	ALL(FMUL, 22, 0, 8); \
	ALL(FADD, 23, 8, 8); \
	EACH(FADD, 8, 12, 12); \
	EACH(FMUL, 0, 0, 8); \
	EACH(FMUL, 8, 12, 12); \
	ALL(FMUL, 24, 0, 8); \
	ALL(FADD, 25, 8, 8); \
	EACH(FADD, 8, 12, 12); \
	EACH(FMUL, 0, 0, 8); \
	EACH(FMUL, 8, 12, 12); \
	EACH(FADD, 0, 12, 12); \
	ALL(FADD, 26, 12, 12); \
	VSHL $23, V4.S4, V4.S4; \
	VSHL $23, V5.S4, V5.S4; \
	VSHL $23, V6.S4, V6.S4; \
	VSHL $23, V7.S4, V7.S4; \
	VADD V4.S4, V12.S4, V12.S4; \
	VADD V5.S4, V13.S4, V13.S4; \
	VADD V6.S4, V14.S4, V14.S4; \
	VADD V7.S4, V15.S4, V15.S4

#define ZERO8 \
	VEOR V0.B16, V0.B16, V0.B16; \
	VEOR V1.B16, V1.B16, V1.B16; \
	VEOR V2.B16, V2.B16, V2.B16; \
	VEOR V3.B16, V3.B16, V3.B16; \
	VEOR V4.B16, V4.B16, V4.B16; \
	VEOR V5.B16, V5.B16, V5.B16; \
	VEOR V6.B16, V6.B16, V6.B16; \
	VEOR V7.B16, V7.B16, V7.B16

// FOLD adds the 32 lanes of V0-V7 by halves into lane 0 of V0.
#define FOLD \
	EACH(FADD, 4, 0, 0); \
	FADD(2, 0, 0); \
	FADD(3, 1, 1); \
	FADD(1, 0, 0); \
	VEXT $8, V0.B16, V0.B16, V1.B16; \
	FADD(1, 0, 0); \
	VEXT $4, V0.B16, V0.B16, V1.B16; \
	FADD(1, 0, 0)

// func geluNEON(x *float32, sixteens int)
TEXT ·geluNEON(SB), NOSPLIT, $0-16
	MOVD x+0(FP), R0
	MOVD sixteens+8(FP), R1
	CONSTANTS(R2)
loop:
	VLD1 (R0), [V4.S4, V5.S4, V6.S4, V7.S4]
	EACH(FMUL, 4, 4, 0)
	ALL(FMUL, 30, 0, 0)
	ALL(FADD, 29, 0, 0)
	EACH(FMUL, 4, 0, 0)
	EXP16
	ALL(FADD, 26, 12, 12)
	VLD1 (R0), [V0.S4, V1.S4, V2.S4, V3.S4]
	EACH(FDIV, 12, 0, 0)
	VST1.P [V0.S4, V1.S4, V2.S4, V3.S4], 64(R0)
	SUBS $1, R1, R1
	BNE loop
	RET

// func expNEON(x *float32, shift float32, sixteens int) float32
TEXT ·expNEON(SB), NOSPLIT, $0-28
	MOVD x+0(FP), R0
	FMOVS shift+8(FP), F31
	VDUP V31.S[0], V31.S4
	MOVD sixteens+16(FP), R1
	CONSTANTS(R2)
	MOVD R0, R3
	MOVD R1, R4
loop:
	VLD1 (R3), [V0.S4, V1.S4, V2.S4, V3.S4]
	ALL(FSUB, 31, 0, 0)
	EXP16
	VST1.P [V12.S4, V13.S4, V14.S4, V15.S4], 64(R3)
	SUBS $1, R4, R4
	BNE loop
	ZERO8
sum:
	VLD1.P 64(R0), [V8.S4, V9.S4, V10.S4, V11.S4]
	EACH(FADD, 8, 0, 0)
	SUBS $1, R1, R1
	BEQ done
	VLD1.P 64(R0), [V8.S4, V9.S4, V10.S4, V11.S4]
	EACH(FADD, 8, 4, 4)
	SUBS $1, R1, R1
	BNE sum
done:
	FOLD
	FMOVS F0, ret+24(FP)
	RET

// func addNormNEON(dst, x, residual, gamma, beta *float32, n int, eps float32)
//
// n is a multiple of 32. V0-V7 are the 32 lanes of a sum, V30 the mean, then
// the reciprocal deviation.
TEXT ·addNormNEON(SB), NOSPLIT, $0-52
	MOVD dst+0(FP), R0
	MOVD x+8(FP), R1
	MOVD residual+16(FP), R2
	MOVD gamma+24(FP), R3
	MOVD beta+32(FP), R4
	MOVD n+40(FP), R5
	SCVTFD R5, F29
	FCVTDS F29, F29
	LSR $5, R5, R5
	ZERO8
	MOVD R0, R6
	MOVD R5, R7
sum:
	VLD1.P 64(R1), [V8.S4, V9.S4, V10.S4, V11.S4]
	VLD1.P 64(R1), [V12.S4, V13.S4, V14.S4, V15.S4]
	CBZ R2, summed
	VLD1.P 64(R2), [V16.S4, V17.S4, V18.S4, V19.S4]
	VLD1.P 64(R2), [V20.S4, V21.S4, V22.S4, V23.S4]
	EACH(FADD, 16, 8, 8)
	EACH(FADD, 20, 12, 12)
summed:
	VST1.P [V8.S4, V9.S4, V10.S4, V11.S4], 64(R6)
	VST1.P [V12.S4, V13.S4, V14.S4, V15.S4], 64(R6)
	EACH(FADD, 8, 0, 0)
	EACH(FADD, 12, 4, 4)
	SUBS $1, R7, R7
	BNE sum
	FOLD
	FDIVS F29, F0, F30
	VDUP V30.S[0], V30.S4
	ZERO8
	MOVD R0, R6
	MOVD R5, R7
squares:
	VLD1 (R6), [V8.S4, V9.S4, V10.S4, V11.S4]
	ALL(FSUB, 30, 8, 8)
	VST1.P [V8.S4, V9.S4, V10.S4, V11.S4], 64(R6)
	EACH(FMUL, 8, 8, 8)
	EACH(FADD, 8, 0, 0)
	VLD1 (R6), [V8.S4, V9.S4, V10.S4, V11.S4]
	ALL(FSUB, 30, 8, 8)
	VST1.P [V8.S4, V9.S4, V10.S4, V11.S4], 64(R6)
	EACH(FMUL, 8, 8, 8)
	EACH(FADD, 8, 4, 4)
	SUBS $1, R7, R7
	BNE squares
	FOLD
	FDIVS F29, F0, F0
	FMOVS eps+48(FP), F1
	FADDS F1, F0, F0
	FSQRTS F0, F0
	FMOVS $1.0, F1
	FDIVS F0, F1, F30
	VDUP V30.S[0], V30.S4
	LSL $1, R5, R5
result:
	VLD1 (R0), [V8.S4, V9.S4, V10.S4, V11.S4]
	VLD1.P 64(R3), [V12.S4, V13.S4, V14.S4, V15.S4]
	VLD1.P 64(R4), [V16.S4, V17.S4, V18.S4, V19.S4]
	ALL(FMUL, 30, 8, 8)
	EACH(FMUL, 12, 8, 8)
	EACH(FADD, 16, 8, 8)
	VST1.P [V8.S4, V9.S4, V10.S4, V11.S4], 64(R0)
	SUBS $1, R5, R5
	BNE result
	RET

// func quantiseNEON(q *int16, ldq int, scale, x *float32, blocks, dim int, limit float32)
//
// dim is a multiple of 16.
DATA tiny<>+0(SB)/4, $1e-30
GLOBL tiny<>(SB), RODATA|NOPTR, $4

TEXT ·quantiseNEON(SB), NOSPLIT, $0-52
	MOVD q+0(FP), R0
	MOVD ldq+8(FP), R1
	MOVD scale+16(FP), R2
	MOVD x+24(FP), R3
	MOVD blocks+32(FP), R4
	MOVD dim+40(FP), R5
	FMOVS limit+48(FP), F31
	MOVD $tiny<>(SB), R6
	FMOVS (R6), F30
	LSL $1, R1, R1
	LSR $4, R5, R5
block:
	VEOR V0.B16, V0.B16, V0.B16
	VEOR V1.B16, V1.B16, V1.B16
	VEOR V2.B16, V2.B16, V2.B16
	VEOR V3.B16, V3.B16, V3.B16
	MOVD R3, R6
	MOVD R5, R7
largest:
	VLD1.P 64(R6), [V4.S4, V5.S4, V6.S4, V7.S4]
	FABS(4, 4)
	FABS(5, 5)
	FABS(6, 6)
	FABS(7, 7)
	EACH(FMAX, 4, 0, 0)
	SUBS $1, R7, R7
	BNE largest
	FMAX(1, 0, 0)
	FMAX(3, 2, 2)
	FMAX(2, 0, 0)
	FMAXV(0, 0)
	VEOR V8.B16, V8.B16, V8.B16
	VEOR V9.B16, V9.B16, V9.B16
	FCMPS F30, F0
	BLE round
	FDIVS F0, F31, F8
	FDIVS F31, F0, F9
round:
	FMOVS F9, (R2)
	ADD $4, R2, R2
	VDUP V8.S[0], V8.S4
	MOVD R0, R6
	MOVD R5, R7
store:
	VLD1.P 64(R3), [V0.S4, V1.S4, V2.S4, V3.S4]
	ALL(FMUL, 8, 0, 0)
	FCVTNS(0, 0)
	FCVTNS(1, 1)
	FCVTNS(2, 2)
	FCVTNS(3, 3)
	XTN(0, 4)
	XTN2(1, 4)
	XTN(2, 5)
	XTN2(3, 5)
	VST1.P [V4.H8, V5.H8], 32(R6)
	SUBS $1, R7, R7
	BNE store
	ADD R1, R0, R0
	SUBS $1, R4, R4
	BNE block
	RET

// func dequantiseNEON(dst *float32, ldd int, c *int32, rows int, rowScale, colScale, bias *float32)
TEXT ·dequantiseNEON(SB), NOSPLIT, $0-56
	MOVD dst+0(FP), R0
	MOVD ldd+8(FP), R1
	MOVD c+16(FP), R2
	MOVD rows+24(FP), R3
	MOVD rowScale+32(FP), R4
	MOVD colScale+40(FP), R5
	MOVD bias+48(FP), R6
	LSL $2, R1, R1
	VLD1 (R5), [V16.S4, V17.S4, V18.S4, V19.S4]
	VLD1 (R6), [V20.S4, V21.S4, V22.S4, V23.S4]
loop:
	VLD1R.P 4(R4), [V24.S4]
	VLD1.P 64(R2), [V0.S4, V1.S4, V2.S4, V3.S4]
	ALL(FMUL, 24, 16, 4)
	SCVTF(0, 0)
	SCVTF(1, 1)
	SCVTF(2, 2)
	SCVTF(3, 3)
	EACH(FMUL, 4, 0, 0)
	EACH(FADD, 20, 0, 0)
	VST1 [V0.S4, V1.S4, V2.S4, V3.S4], (R0)
	ADD R1, R0, R0
	SUBS $1, R3, R3
	BNE loop
	RET

// func maxNEON(x *float32, sixteens int) float32
TEXT ·maxNEON(SB), NOSPLIT, $0-20
	MOVD x+0(FP), R0
	MOVD sixteens+8(FP), R1
	VLD1 (R0), [V0.S4, V1.S4, V2.S4, V3.S4]
loop:
	VLD1.P 64(R0), [V4.S4, V5.S4, V6.S4, V7.S4]
	EACH(FMAX, 4, 0, 0)
	SUBS $1, R1, R1
	BNE loop
	FMAX(1, 0, 0)
	FMAX(3, 2, 2)
	FMAX(2, 0, 0)
	FMAXV(0, 0)
	FMOVS F0, ret+16(FP)
	RET

// The constants of 2^x, in the order of V16-V22.
DATA powers<>+0(SB)/4, $7.994353436858858
DATA powers<>+4(SB)/4, $-30.0
DATA powers<>+8(SB)/4, $0x4B400000
DATA powers<>+12(SB)/4, $0.055171672254800797
DATA powers<>+16(SB)/4, $0.2426111400127411
DATA powers<>+20(SB)/4, $0.6932609677314758
DATA powers<>+24(SB)/4, $0.9999280571937561
GLOBL powers<>(SB), RODATA|NOPTR, $28

// func probNEON(p *int16, x *float32, sixteens int) int32
//
// V31 is the largest element, V30 sums of p.
TEXT ·probNEON(SB), NOSPLIT, $0-28
	MOVD p+0(FP), R0
	MOVD x+8(FP), R1
	MOVD sixteens+16(FP), R2
	MOVD R1, R3
	MOVD R2, R4
	VLD1 (R3), [V0.S4, V1.S4, V2.S4, V3.S4]
largest:
	VLD1.P 64(R3), [V4.S4, V5.S4, V6.S4, V7.S4]
	EACH(FMAX, 4, 0, 0)
	SUBS $1, R4, R4
	BNE largest
	FMAX(1, 0, 0)
	FMAX(3, 2, 2)
	FMAX(2, 0, 0)
	FMAXV(0, 0)
	VDUP V0.S[0], V31.S4
	MOVD $powers<>(SB), R3
	VLD1R.P 4(R3), [V16.S4]
	VLD1R.P 4(R3), [V17.S4]
	VLD1R.P 4(R3), [V18.S4]
	VLD1R.P 4(R3), [V19.S4]
	VLD1R.P 4(R3), [V20.S4]
	VLD1R.P 4(R3), [V21.S4]
	VLD1R.P 4(R3), [V22.S4]
	VEOR V30.B16, V30.B16, V30.B16
loop:
	VLD1.P 64(R1), [V0.S4, V1.S4, V2.S4, V3.S4]
	ALL(FSUB, 31, 0, 0)
	ALL(FADD, 16, 0, 0)
	ALL(FMAX, 17, 0, 0)
	ALL(FADD, 18, 0, 4)
	ALL(FSUB, 18, 4, 8)
	EACH(FSUB, 8, 0, 0)
	ALL(FMUL, 19, 0, 8)
	ALL(FADD, 20, 8, 8)
	EACH(FMUL, 0, 8, 8)
	ALL(FADD, 21, 8, 8)
	EACH(FMUL, 0, 8, 8)
	ALL(FADD, 22, 8, 8)
	VSHL $23, V4.S4, V4.S4
	VSHL $23, V5.S4, V5.S4
	VSHL $23, V6.S4, V6.S4
	VSHL $23, V7.S4, V7.S4
	VADD V4.S4, V8.S4, V8.S4
	VADD V5.S4, V9.S4, V9.S4
	VADD V6.S4, V10.S4, V10.S4
	VADD V7.S4, V11.S4, V11.S4
	FCVTNS(8, 0)
	FCVTNS(9, 1)
	FCVTNS(10, 2)
	FCVTNS(11, 3)
	XTN(0, 4)
	XTN2(1, 4)
	XTN(2, 5)
	XTN2(3, 5)
	VADD V0.S4, V30.S4, V30.S4
	VADD V1.S4, V30.S4, V30.S4
	VADD V2.S4, V30.S4, V30.S4
	VADD V3.S4, V30.S4, V30.S4
	VST1.P [V4.H8, V5.H8], 32(R0)
	SUBS $1, R2, R2
	BNE loop
	VADDV V30.S4, V30
	FMOVS F30, ret+24(FP)
	RET

// func roundPairsNEON(dst *int16, x0, x1, inv *float32)
TEXT ·roundPairsNEON(SB), NOSPLIT, $0-32
	MOVD dst+0(FP), R0
	MOVD x0+8(FP), R1
	MOVD x1+16(FP), R2
	MOVD inv+24(FP), R3
	VLD1 (R3), [V8.S4, V9.S4, V10.S4, V11.S4]
	VLD1 (R1), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1 (R2), [V4.S4, V5.S4, V6.S4, V7.S4]
	EACH(FMUL, 8, 0, 0)
	EACH(FMUL, 8, 4, 4)
	FCVTNS(0, 0)
	FCVTNS(1, 1)
	FCVTNS(2, 2)
	FCVTNS(3, 3)
	FCVTNS(4, 4)
	FCVTNS(5, 5)
	FCVTNS(6, 6)
	FCVTNS(7, 7)
	VSLI $16, V4.S4, V0.S4
	VSLI $16, V5.S4, V1.S4
	VSLI $16, V6.S4, V2.S4
	VSLI $16, V7.S4, V3.S4
	VST1 [V0.S4, V1.S4, V2.S4, V3.S4], (R0)
	RET

// func largestMagnitudesNEON(top, x *float32, fours int)
TEXT ·largestMagnitudesNEON(SB), NOSPLIT, $0-24
	MOVD top+0(FP), R0
	MOVD x+8(FP), R1
	MOVD fours+16(FP), R2
loop:
	VLD1.P 16(R1), [V0.S4]
	VLD1 (R0), [V1.S4]
	FABS(0, 0)
	FMAX(0, 1, 1)
	VST1.P [V1.S4], 16(R0)
	SUBS $1, R2, R2
	BNE loop
	RET

// func addNEON(dst, x *float32, fours int)
TEXT ·addNEON(SB), NOSPLIT, $0-24
	MOVD dst+0(FP), R0
	MOVD x+8(FP), R1
	MOVD fours+16(FP), R2
loop:
	VLD1.P 16(R1), [V0.S4]
	VLD1 (R0), [V1.S4]
	FADD(0, 1, 1)
	VST1.P [V1.S4], 16(R0)
	SUBS $1, R2, R2
	BNE loop
	RET

// func toBytesNEON(dst *uint8, src *int16, sixteens int)
TEXT ·toBytesNEON(SB), NOSPLIT, $0-24
	MOVD dst+0(FP), R0
	MOVD src+8(FP), R1
	MOVD sixteens+16(FP), R2
loop:
	VLD1.P 32(R1), [V0.H8, V1.H8]
	XTNB(0, 2)
	XTNB2(1, 2)
	VST1.P [V2.B16], 16(R0)
	SUBS $1, R2, R2
	BNE loop
	RET
