/* Bind symbols that glibc gave a newer version (2.29: better errno of the mathematical functions) to the version that
   every desktop of the last decade has. Nothing here changes what they compute. x86_64 only. */
#ifndef __ASSEMBLER__
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
