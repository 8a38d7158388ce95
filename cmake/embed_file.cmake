# cmake -DINPUT=file -DOUTPUT=file.c -DNAME=symbol -DHEADER=header -P embed_file.cmake
file(READ ${INPUT} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR bytes "${digits} / 2")
string(REGEX REPLACE "(..)" "'\\\\x\\1'," chars "${hex}")
string(REGEX REPLACE "('[^,]*',)('[^,]*',)('[^,]*',)('[^,]*',)('[^,]*',)('[^,]*',)('[^,]*',)('[^,]*',)" "\\0\n" chars "${chars}")
file(WRITE ${OUTPUT}
  "#include \"${HEADER}\"\nconst char ${NAME}[] = {\n${chars}'\\0'};\nconst size_t ${NAME}_len = ${bytes};\n")
