; The new tree grows beside its place, takes it whole or not at all, and the old one goes by its own list.

; $R1 becomes the first of $R1, $R1 1, $R1 2 ... (without the blank) that does not exist: what a virus scanner or a user
; keeps of an earlier setup may stay, and is in nobody's way.
Function FreshName
  StrCpy $R2 $R1
  StrCpy $R3 0
  ${While} ${FileExists} "$R1"
    IntOp $R3 $R3 + 1
    StrCpy $R1 "$R2$R3"
  ${EndWhile}
FunctionEnd

; A setup before us was cut off between two moves: its whole old tree goes back.
Function PutBack
  StrCpy $R3 ""
  ${DoUntil} $R3 > ${MOST_ASIDE}
    StrCpy $R1 "$INSTDIR.famgui-old$R3"
    ${IfNot} ${FileExists} "$INSTDIR"
    ${AndIf} ${FileExists} "$R1\famgui.exe"
    ${AndIf} ${FileExists} "$R1\product.json"
    ${AndIf} ${FileExists} "$R1\uninstall.exe"
      Rename "$R1" "$INSTDIR"
    ${EndIf}
    IntOp $R3 $R3 + 1
  ${Loop}
FunctionEnd

; Makes the folder of the new tree beside its place and proves that there is room.
Function PrepareStage
  Call PutBack
  RMDir /r "$INSTDIR.famgui-new"
  StrCpy $R1 "$INSTDIR.famgui-new"
  Call FreshName
  StrCpy $Stage $R1
  ClearErrors
  CreateDirectory "$Stage"
  FileOpen $0 "$Stage\product.json" w
  ${If} ${Errors}
    RMDir "$Stage"
    !insertmacro Stop 6 "$(CannotWrite)"
  ${EndIf}
  FileClose $0
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$Stage", *l .r1, p 0, p 0) i .r0'
  System::Int64Op $1 / 1024
  Pop $1
  System::Int64Op $1 < ${SIZE_KB}
  Pop $2
  ${If} $0 <> 0
  ${AndIf} $2 = 1
    RMDir /r "$Stage"
    !insertmacro Stop 6 "$(DiskFull)"
  ${EndIf}
FunctionEnd

; Renames $R1 to $R2; virus scanners hold new files for a moment, so it is tried for ten seconds. $R0 is 1 when done.
Function Move
  StrCpy $R3 0
  ${Do}
    ClearErrors
    Rename "$R1" "$R2"
    ${IfNot} ${Errors}
      StrCpy $R0 1
      Return
    ${EndIf}
    Sleep 250
    IntOp $R3 $R3 + 1
  ${LoopUntil} $R3 >= 40
  StrCpy $R0 0
FunctionEnd

; The new tree takes the place of the old one, or the old one is back and setup ends.
Function Swap
  ${If} ${FileExists} "$INSTDIR\*.*"
    StrCpy $R1 "$INSTDIR.famgui-old"
    Call FreshName
    StrCpy $Aside $R1
    StrCpy $R1 "$INSTDIR"
    StrCpy $R2 "$Aside"
    Call Move
    ${If} $R0 == 0
      RMDir /r "$Stage"
      !insertmacro Stop 3 "$(FolderInUse)"
    ${EndIf}
  ${Else}
    RMDir "$INSTDIR"
  ${EndIf}
  StrCpy $R1 "$Stage"
  StrCpy $R2 "$INSTDIR"
  Call Move
  ${If} $R0 == 0
    ${If} $Aside != ""
      Rename "$Aside" "$INSTDIR"
    ${EndIf}
    RMDir /r "$Stage"
    !insertmacro Stop 6 "$(CannotWrite)"
  ${EndIf}
FunctionEnd

; Takes the old tree away by its own list, and what earlier setups had to leave; what users put in comes to the new place.
Function RemoveAside
  StrCpy $R8 ""
  ${DoUntil} $R8 > ${MOST_ASIDE}
    StrCpy $R1 "$INSTDIR.famgui-old$R8"
    ${If} ${FileExists} "$R1\*.*"
      Call RemoveOld
      ${IfNot} ${FileExists} "$R1\uninstall.exe"
        StrCpy $R2 "$INSTDIR"
        Call BringBack
      ${EndIf}
    ${EndIf}
    IntOp $R8 $R8 + 1
  ${Loop}
FunctionEnd

; $R1: a tree that an earlier setup left; its uninstaller removes its files and nothing else. It stays as long as one of
; them does: the next setup lets it try again.
Function RemoveOld
  ${If} ${FileExists} "$R1\uninstall.exe"
    StrCpy $R0 0
    ${If} ${FileExists} "$R1\product.json"
      StrCpy $R0 1
      ExecWait '"$R1\uninstall.exe" /S /FILESONLY _?=$R1' $R0
    ${EndIf}
    ${If} $R0 = 0
      Delete "$R1\uninstall.exe"
      RMDir "$R1"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Moves what lies in $R1 to the same place in $R2; what is there already under this name stays where it is.
Function BringBack
  FindFirst $0 $1 "$R1\*.*"
  ${DoWhile} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      System::Call 'kernel32::GetFileAttributesW(w "$R1\$1") i .r2'
      IntOp $2 $2 & 0x410 ; a folder, and no link to one
      ${IfNot} ${FileExists} "$R2\$1"
        Rename "$R1\$1" "$R2\$1"
      ${ElseIf} $2 = 0x10
        Push $0
        Push $1
        Push $R1
        Push $R2
        StrCpy $R1 "$R1\$1"
        StrCpy $R2 "$R2\$1"
        Call BringBack
        Pop $R2
        Pop $R1
        Pop $1
        Pop $0
      ${EndIf}
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
  RMDir "$R1"
FunctionEnd
