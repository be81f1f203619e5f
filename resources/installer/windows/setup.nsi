; famgui-setup: puts a finished tree in place, whole or not at all, and takes it away again. NSIS 3, UTF-8.
;
; Given by the build: VERSION, NUMBERS (four parts), SIZE_KB, OUT, ICON, WELCOME (a picture), PAYLOAD (what to pack and
; what to delete, generated from the tree), and SIGN when products are signed. makensis runs in the tree, which may come
; from the direct assembly or from PyInstaller: it has famgui.exe and product.json on top, and no uninstall.exe.
;
; Exit codes (docs/packaging.md tells them): 0 done, 1 the user stopped it, 2 setup stopped itself, 3 the program is
; running, 4 a newer version is installed, 5 needs an administrator, 6 the folder cannot be written or the disk is
; full (the uninstaller: files or data could not be deleted), 7 Windows is too old, 8 the program stands, but Windows
; does not know it or a link is missing.

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
!define MOST_ASIDE 99 ; old trees that are looked for

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
Var Result    ; exit code of a setup that came to its end
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
  StrCpy $Result 0
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

; The folder is ours alone: new, empty, or an earlier version's. Otherwise a folder inside it is; never in a portable one.
Function ChooseFolder
  GetFullPathName $0 "$INSTDIR"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
  Call RefuseName
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
    ${If} ${FileExists} "$INSTDIR\portable.txt"
      !insertmacro Stop 6 "$(FolderTaken)"
    ${EndIf}
    StrCpy $INSTDIR "$INSTDIR\${ID}"
    Call IsForeign
    ${If} $0 == 1
      !insertmacro Stop 6 "$(FolderTaken)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; The program cannot start where the path has a comma or a semicolon: Qt's bindings and Windows' own lists end there.
Function RefuseName
  StrCpy $1 0
  ${Do}
    StrCpy $0 $INSTDIR 1 $1
    ${If} $0 == ","
    ${OrIf} $0 == ";"
      !insertmacro Stop 6 "$(FolderName)"
    ${EndIf}
    IntOp $1 $1 + 1
  ${LoopUntil} $0 == ""
FunctionEnd

; $0 is 1 when $INSTDIR holds something that no setup of this program laid down.
Function IsForeign
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\product.json"
  ${AndIf} ${FileExists} "$INSTDIR\uninstall.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\portable.txt"
    Return
  ${EndIf}
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
    ${AndIf} $2 != "uninstall.exe" ; all that an uninstaller leaves which was told to work where it lies
      StrCpy $0 1
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
  ${If} ${FileExists} "$INSTDIR"
  ${AndIfNot} ${FileExists} "$INSTDIR\*.*"
    StrCpy $0 1 ; a file
  ${EndIf}
FunctionEnd

!include "swap.nsh"

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
  ClearErrors
  WriteUninstaller "$Stage\uninstall.exe"
  StrCpy $R0 0
  ${If} ${Errors}
    StrCpy $R0 1
  ${EndIf}
  SetOutPath "$TEMP" ; the current folder cannot be moved
  ${If} $R0 = 1
  ${OrIfNot} ${FileExists} "$Stage\uninstall.exe"
    RMDir /r "$Stage"
    !insertmacro Stop 6 "$(CannotWrite)"
  ${EndIf}
  Call Swap
  Call Register
  ${If} ${Silent}
  ${AndIf} $WantLink == 1
    Call MakeDesktopLink
  ${EndIf}
  ${If} $Result <> 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NotRegistered)" /SD IDOK
  ${EndIf}
  Call RemoveAside
  ${If} $Earlier != ""
  ${AndIf} $Earlier != $INSTDIR
    StrCpy $R1 "$Earlier"
    Call RemoveOld
  ${EndIf}
  ClearErrors
  SetErrorLevel $Result
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
