#include "go_asm.h"
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
//	R14       the job
//	R13       blocks that are left; R12 is the length of a run, AX what is left of one
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

// RUNWIDEN adds up the pairs of sums in y, RUNADD also what is in acc already.
#define RUNWIDEN(y) VPMADDWD Y12, y, y

#define RUNADD(y, at) \
	RUNWIDEN(y); \
	VPADDD at(DX), y, y

#define RUNKEEP(y, at) \
	RUNADD(y, at); \
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

// FETCHDI asks for the line of the cache at DI, to be written: PREFETCHW (DI),
// which Go's assembler lacks and processors without it pass over.
#define FETCHDI BYTE $0x0F; BYTE $0x0D; BYTE $0x0F

// func runTilesAVX2(j *job)
TEXT ·runTilesAVX2(SB), NOSPLIT, $72-8
	MOVQ j+0(FP), R14
	MOVQ job_dst(R14), AX
	MOVQ AX, dst-8(SP)
	MOVQ job_a(R14), AX
	MOVQ AX, a-16(SP)
	MOVQ job_rowScale(R14), AX
	MOVQ AX, rowScale-24(SP)
	MOVQ job_b(R14), AX
	MOVQ AX, b-32(SP)
	MOVQ job_shift(R14), AX
	MOVQ AX, shift-40(SP)
	MOVQ job_colScale(R14), AX
	MOVQ AX, colScale-48(SP)
	MOVQ job_bias(R14), AX
	MOVQ AX, bias-56(SP)
	MOVQ job_ahead(R14), AX
	MOVQ AX, ahead-64(SP)
	MOVQ job_shiftAhead(R14), AX
	MOVQ AX, shiftAhead-72(SP)
	MOVQ job_lda(R14), R8
	MOVQ job_kinds(R14), R11
	MOVQ job_count(R14), R10
	MOVQ job_acc(R14), DX
	TESTQ R10, R10
	JLE  end
tile:
	MOVBLZX (R11), CX
	ADDQ $1, R11
	SUBQ $1, CX
	JLT  next
	MOVQ dst-8(SP), DI
	MOVQ job_ldd(R14), AX
	SHLQ $2, AX
	FETCHDI
	ADDQ AX, DI
	FETCHDI
	ADDQ AX, DI
	FETCHDI
	ADDQ AX, DI
	FETCHDI
	ADDQ AX, DI
	FETCHDI
	ADDQ AX, DI
	FETCHDI
	MOVQ job_fetch(R14), AX
	TESTQ AX, AX
	JZ   fetched
	MOVQ ahead-64(SP), DI
fetch:
	PREFETCHT1 (DI)
	ADDQ $64, DI
	SUBQ $1, AX
	JNZ  fetch
	MOVQ DI, ahead-64(SP)
	MOVQ shiftAhead-72(SP), DI
	PREFETCHT1 (DI)
	ADDQ $64, DI
	MOVQ DI, shiftAhead-72(SP)
fetched:
	MOVQ a-16(SP), SI
	MOVQ b-32(SP), DI
	MOVQ shift-40(SP), BX
	MOVQ job_blocks(R14), R13
	MOVL $1, R12
	SHLQ CX, R12
	LEAQ (SI)(R8*2), R9
	ADDQ R8, R9
	CMPQ R13, R12
	JLE  run // the only one: nothing to add up
	VPXOR Y0, Y0, Y0
	VMOVDQU Y0, 0(DX)
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
	CMPQ R13, R12
	CMOVQLT R13, R12
	SUBQ R12, R13
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
	PCALIGN $64
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
	TESTQ R13, R13
	JZ   last
	RUNKEEP(Y0, 0)
	RUNKEEP(Y1, 32)
	RUNKEEP(Y2, 64)
	RUNKEEP(Y3, 96)
	RUNKEEP(Y4, 128)
	RUNKEEP(Y5, 160)
	RUNKEEP(Y6, 192)
	RUNKEEP(Y7, 224)
	RUNKEEP(Y8, 256)
	RUNKEEP(Y9, 288)
	RUNKEEP(Y10, 320)
	RUNKEEP(Y11, 352)
	JMP  run

last:
	CMPQ job_blocks(R14), R12
	JGT  add
	RUNWIDEN(Y0)
	RUNWIDEN(Y1)
	RUNWIDEN(Y2)
	RUNWIDEN(Y3)
	RUNWIDEN(Y4)
	RUNWIDEN(Y5)
	RUNWIDEN(Y6)
	RUNWIDEN(Y7)
	RUNWIDEN(Y8)
	RUNWIDEN(Y9)
	RUNWIDEN(Y10)
	RUNWIDEN(Y11)
	JMP  put
add:
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
put:
	MOVQ dst-8(SP), DI
	MOVQ job_ldd(R14), CX
	MOVQ rowScale-24(SP), AX
	MOVQ colScale-48(SP), BX
	MOVQ bias-56(SP), R12
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
	MOVQ job_rowStep(R14), AX
	MOVQ AX, CX
	IMULQ R8, AX
	ADDQ AX, a-16(SP)
	SHLQ $2, CX
	ADDQ CX, rowScale-24(SP)
	IMULQ job_ldd(R14), CX
	MOVQ job_panelStep(R14), AX
	SHLQ $6, AX
	ADDQ AX, CX
	ADDQ CX, dst-8(SP)
	ADDQ AX, colScale-48(SP)
	ADDQ AX, bias-56(SP)
	IMULQ job_blocks(R14), AX
	ADDQ AX, shift-40(SP)
	SHLQ $2, AX
	ADDQ AX, b-32(SP)
	SUBQ $1, R10
	JNZ  tile
end:
	VZEROUPPER
	RET

// func panelRunsAVX2(shift *int16, e *energies, panel *int8, blocks int)
//
//	Y0 Y1     sums of a block, columns 0-7 and 8-15, then its shift
//	Y2 Y3     energies of a block; a sum of eight squares of 63 fits 15 bits
//	Y4-Y6     the largest so far of one block, of two, of four, the last halved
//	Y8 Y9     energies of up to two blocks
//	Y10 Y11   energies of up to four blocks, each halved and rounded up
TEXT ·panelRunsAVX2(SB), NOSPLIT, $0-32
	MOVQ shift+0(FP), DI
	MOVQ panel+16(FP), SI
	MOVQ blocks+24(FP), CX
	VPCMPEQB Y15, Y15, Y15
	VPABSB Y15, Y15 // ones
	VPXOR Y14, Y14, Y14
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	XORQ AX, AX
loop:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	MOVQ $4, DX
group:
	VMOVDQU (SI), Y12
	VMOVDQU 32(SI), Y13
	VPMADDUBSW Y12, Y15, Y7
	VPADDW Y7, Y0, Y0
	VPMADDUBSW Y13, Y15, Y7
	VPADDW Y7, Y1, Y1
	VPABSB Y12, Y12
	VPMADDUBSW Y12, Y12, Y7
	VPADDW Y7, Y2, Y2
	VPABSB Y13, Y13
	VPMADDUBSW Y13, Y13, Y7
	VPADDW Y7, Y3, Y3
	ADDQ $64, SI
	SUBQ $1, DX
	JNZ  group
	VPSUBW Y0, Y14, Y0
	VPSUBW Y1, Y14, Y1
	VPSLLW $7, Y0, Y0
	VPSLLW $7, Y1, Y1
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	TESTQ $1, AX
	JNZ  second
	VPXOR Y8, Y8, Y8
	VPXOR Y9, Y9, Y9
	TESTQ $3, AX
	JNZ  second
	VPXOR Y10, Y10, Y10
	VPXOR Y11, Y11, Y11
second:
	VPMAXUW Y2, Y4, Y4
	VPMAXUW Y3, Y4, Y4
	VPADDW Y2, Y8, Y8
	VPADDW Y3, Y9, Y9
	VPMAXUW Y8, Y5, Y5
	VPMAXUW Y9, Y5, Y5
	VPAVGW Y2, Y14, Y2
	VPAVGW Y3, Y14, Y3
	VPADDW Y2, Y10, Y10
	VPADDW Y3, Y11, Y11
	VPMAXUW Y10, Y6, Y6
	VPMAXUW Y11, Y6, Y6
	ADDQ $64, DI
	ADDQ $1, AX
	CMPQ AX, CX
	JLT  loop
	// VPHMINPOSUW finds the smallest of eight: of the complements.
	VPCMPEQB Y15, Y15, Y15
	VPXOR Y15, Y4, Y4
	VPXOR Y15, Y5, Y5
	VPXOR Y15, Y6, Y6
	VEXTRACTI128 $1, Y4, X8
	VEXTRACTI128 $1, Y5, X9
	VEXTRACTI128 $1, Y6, X10
	VPMINUW X8, X4, X4
	VPMINUW X9, X5, X5
	VPMINUW X10, X6, X6
	VPHMINPOSUW X4, X4
	VPHMINPOSUW X5, X5
	VPHMINPOSUW X6, X6
	MOVQ e+8(FP), DX
	VPEXTRW $0, X4, AX
	XORL $0xFFFF, AX
	MOVL AX, 0(DX)
	VPEXTRW $0, X5, AX
	XORL $0xFFFF, AX
	MOVL AX, 4(DX)
	VPEXTRW $0, X6, AX
	XORL $0xFFFF, AX
	SHLL $1, AX
	MOVL AX, 8(DX)
	VZEROUPPER
	RET

DATA onesWords<>+0(SB)/8, $0x0001000100010001
DATA onesWords<>+8(SB)/8, $0x0001000100010001
DATA onesWords<>+16(SB)/8, $0x0001000100010001
DATA onesWords<>+24(SB)/8, $0x0001000100010001
GLOBL onesWords<>(SB), RODATA|NOPTR, $32
