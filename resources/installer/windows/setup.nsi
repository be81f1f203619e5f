; famgui-setup: puts a finished tree in place, whole or not at all, and takes it away again. NSIS 3, UTF-8.
;
; Given by the build: VERSION, NUMBERS (four parts), SIZE_KB, OUT, ICON, WELCOME (a picture), PAYLOAD (what to pack and
; what to delete, generated from the tree), and SIGN when products are signed. makensis runs in the tree, which may come
; from the direct assembly or from PyInstaller: it has famgui.exe and product.json on top, and no uninstall.exe.
;
; Exit codes (docs/packaging.md tells them): 0 done, 1 the user stopped it, 2 setup stopped itself, 3 the program is
; running, 4 a newer version is installed, 5 needs an administrator, 6 the folder cannot be written or the disk is
; full, 7 Windows is too old.

Unicode true
Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib ; tests only
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
AllowSkipFiles off
CRCCheck force

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define ID "famgui"
!define TITLE "家庭共济助手"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define CLASSES "Software\Classes"
!define CASE_FILE "famgui.case"
!define LINK "${TITLE}.lnk"
!define FOR_ME "$LOCALAPPDATA\Programs\${ID}"
!define TRIES_TO_CLOSE 40 ; a quarter of a second each

Name "$(ProgramName)"
OutFile "${OUT}"
InstallDir "${FOR_ME}"
BrandingText "${ID} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

Var AllUsers  ; 1: for everybody on this machine
Var Default   ; where setup goes when nobody says otherwise
Var Earlier   ; where an earlier version lies, "" when there is none
Var Stage     ; where the new tree grows, beside its place
Var Aside     ; where the old tree waits until the new one stands
Var WantLink  ; 1: make a link on the desktop
Var Close     ; 1: ask a running program to close
Var Folder    ; argument of the functions about running programs
Var Whom      ; the sentence about who gets it
Var Stopped   ; exit code that a failure during the copy has
Var EraseData ; 1: the uninstaller deletes the user's data
Var EraseBox

!addincludedir "${__FILEDIR__}"
!include "${PAYLOAD}"
!include "texts.nsh"
!include "running.nsh"
!include "shell.nsh"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WELCOME}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(RunNow)"
!define MUI_FINISHPAGE_RUN_FUNCTION RunProgram
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(DesktopLink)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION MakeDesktopLink

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_SHOW FinishShown
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.DataPage un.DataPageLeft
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro Texts

VIProductVersion "${NUMBERS}"
!macro About language title
  VIAddVersionKey /LANG=${language} "ProductName" "${title}"
  VIAddVersionKey /LANG=${language} "FileDescription" "${title} Setup"
  VIAddVersionKey /LANG=${language} "CompanyName" "${ID}"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "MIT"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
!macroend
!insertmacro About ${LANG_SIMPCHINESE} "${TITLE}"
!insertmacro About ${LANG_ENGLISH} "${ID}"

!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

; Ends with an exit code; says why, unless nobody looks.
!macro Stop code text
  SetErrorLevel ${code}
  MessageBox MB_OK|MB_ICONEXCLAMATION "${text}" /SD IDOK
  Quit
!macroend

!macro SetScope
  SetRegView 64
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastBuild} 17763
    !insertmacro Stop 7 "$(TooOld)"
  ${EndIf}
  StrCpy $Stopped 6
  StrCpy $Default "${FOR_ME}" ; before the scope changes what these words mean
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    !insertmacro NeedAdministrator "$EXEPATH" "$R0"
  ${EndIf}
  !insertmacro SetScope
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "famgui-setup") p .r0 ?e'
  Pop $0
  ${If} $0 == 183
    !insertmacro Stop 2 "$(SetupRunning)"
  ${EndIf}
  StrCpy $Whom "$(ForMe)"
  ${If} $AllUsers == 1
    StrCpy $Whom "$(ForAll)"
  ${EndIf}
  Call FindEarlier
  StrCpy $Close 1
  ${If} ${Silent}
    StrCpy $Close 0
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/CLOSE" $R1
  ${IfNot} ${Errors}
    StrCpy $Close 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NODESKTOP" $R1
  ${IfNot} ${Errors}
    StrCpy $WantLink 0
  ${EndIf}
FunctionEnd

; What is installed already: its place becomes ours, unless another was given; a newer one stays.
Function FindEarlier
  StrCpy $WantLink 1
  StrCpy $0 "$INSTDIR"
  ${If} $AllUsers == 1
  ${AndIf} $INSTDIR == $Default
    StrCpy $INSTDIR "$PROGRAMFILES64\${ID}"
    StrCpy $0 $Default
  ${EndIf}
  ReadRegStr $Earlier SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $1 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${IfNot} ${FileExists} "$Earlier\famgui.exe"
    StrCpy $Earlier ""
    Return
  ${EndIf}
  ${VersionCompare} "$1" "${VERSION}" $2
  ${If} $2 == 1
    !insertmacro Stop 4 "$(NewerInstalled)"
  ${EndIf}
  ${If} $0 == $Default
    StrCpy $INSTDIR $Earlier
  ${EndIf}
  ${IfNot} ${FileExists} "$DESKTOP\${LINK}"
    StrCpy $WantLink 0
  ${EndIf}
FunctionEnd

; The folder is ours alone: new, empty, or an earlier version's. Otherwise a folder inside it is.
Function ChooseFolder
  GetFullPathName $0 "$INSTDIR"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
  StrCpy $0 $INSTDIR 1 -1
  ${If} $0 == "\"
    StrCpy $INSTDIR $INSTDIR -1
  ${EndIf}
  StrLen $0 $INSTDIR
  ${If} $0 <= 3
    StrCpy $INSTDIR "$INSTDIR\${ID}"
  ${EndIf}
  Call IsForeign
  ${If} $0 == 1
    StrCpy $INSTDIR "$INSTDIR\${ID}"
    Call IsForeign
    ${If} $0 == 1
      !insertmacro Stop 6 "$(FolderTaken)"
    ${EndIf}
  ${EndIf}
  StrCpy $Stage "$INSTDIR.famgui-new"
  StrCpy $Aside "$INSTDIR.famgui-old"
FunctionEnd

; $0 is 1 when $INSTDIR holds something that is not this program.
Function IsForeign
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\product.json"
    Return
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR"
    ${DirState} "$INSTDIR" $1
    ${If} $1 != 0
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
FunctionEnd

; Makes the folder of the new tree beside its place and proves that there is room.
Function PrepareStage
  ${If} ${FileExists} "$Aside\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\*.*"
    Rename "$Aside" "$INSTDIR" ; a setup before us was cut off between two moves
  ${EndIf}
  RMDir /r "$Stage"
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
    Call RemoveAside
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
    Rename "$Aside" "$INSTDIR"
    RMDir /r "$Stage"
    !insertmacro Stop 6 "$(CannotWrite)"
  ${EndIf}
FunctionEnd

; Takes an old tree away by its own list; what is not on it comes back to the new place.
Function RemoveAside
  StrCpy $R1 "$Aside"
  Call RemoveOld
  ${If} ${FileExists} "$Aside\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\*.*"
    FindFirst $0 $1 "$Aside\*.*"
    ${DoWhile} $1 != ""
      ${If} $1 != "."
      ${AndIf} $1 != ".."
        Rename "$Aside\$1" "$INSTDIR\$1"
      ${EndIf}
      FindNext $0 $1
    ${Loop}
    FindClose $0
    RMDir "$Aside"
  ${EndIf}
FunctionEnd

; $R1: a tree that an earlier setup left; its uninstaller removes its files and nothing else.
Function RemoveOld
  ${If} ${FileExists} "$R1\uninstall.exe"
    ExecWait '"$R1\uninstall.exe" /S /FILESONLY _?=$R1' $R0
    Delete "$R1\uninstall.exe"
    RMDir "$R1"
  ${EndIf}
FunctionEnd

Section "famgui"
  Call ChooseFolder
  StrCpy $Folder "$INSTDIR"
  Call EndProgram
  ${If} $Earlier != ""
  ${AndIf} $Earlier != $INSTDIR
    StrCpy $Folder "$Earlier"
    Call EndProgram
  ${EndIf}
  Call PrepareStage
  !insertmacro InstallFiles "$Stage"
  SetOutPath "$Stage"
  WriteUninstaller "$Stage\uninstall.exe"
  SetOutPath "$TEMP" ; the current folder cannot be moved
  Call Swap
  Call Register
  ${If} ${Silent}
  ${AndIf} $WantLink == 1
    Call MakeDesktopLink
  ${EndIf}
  Call RemoveAside
  ${If} $Earlier != ""
  ${AndIf} $Earlier != $INSTDIR
    StrCpy $R1 "$Earlier"
    Call RemoveOld
  ${EndIf}
  ClearErrors
  SetErrorLevel 0
SectionEnd

; A file could not be written: the old version stands untouched, and no half of the new one is left.
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$Stage"
  SetErrorLevel $Stopped
FunctionEnd

Function FinishShown
  ${If} $WantLink == 0
    SendMessage $mui.FinishPage.ShowReadme ${BM_SETCHECK} ${BST_UNCHECKED} 0
  ${EndIf}
FunctionEnd

Function RunProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\famgui.exe"' ; as the user, even when setup is an administrator
FunctionEnd

!include "uninstall.nsh"
