; A running program: found by its file, asked to close, waited for. And administrators, who must start setup anew.

; $R0 is 1 when a program in $Folder is running: the file of a running program cannot be opened for writing.
!macro InUse un
Function ${un}InUse
  StrCpy $R0 0
  StrCpy $R3 "famgui.exe"
  ${Do}
    ${If} ${FileExists} "$Folder\$R3"
      System::Call 'kernel32::CreateFileW(w "$Folder\$R3", i 0x40000000, i 7, p 0, i 3, i 0, p 0) p .r0 ?e'
      Pop $1
      ${If} $0 P= -1
        ${If} $1 == 32
          StrCpy $R0 1
          Return
        ${EndIf}
      ${Else}
        System::Call 'kernel32::CloseHandle(p r0)'
      ${EndIf}
    ${EndIf}
    ${If} $R3 == "famgui-cli.exe"
      Return
    ${EndIf}
    StrCpy $R3 "famgui-cli.exe"
  ${Loop}
FunctionEnd

; Asks every window of a program in $Folder to close, as its user would.
Function ${un}AskToClose
  StrLen $7 "$Folder\"
  StrCpy $1 0
  ${Do}
    FindWindow $1 "" "" 0 $1
    ${If} $1 P= 0
      Return
    ${EndIf}
    System::Call 'user32::IsWindowVisible(p r1) i .r2'
    ${If} $2 <> 0
      System::Call 'user32::GetWindowThreadProcessId(p r1, *i .r2)'
      System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r2) p .r3'
      StrCpy $4 ""
      StrCpy $5 ${NSIS_MAX_STRLEN}
      System::Call 'kernel32::QueryFullProcessImageNameW(p r3, i 0, w .r4, *i r5)'
      System::Call 'kernel32::CloseHandle(p r3)'
      StrCpy $4 $4 $7
      ${If} $4 == "$Folder\"
        System::Call 'user32::PostMessageW(p r1, i 0x10, p 0, p 0)'
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

; Comes back when no program in $Folder runs; otherwise ends with code 3 (silent) or 1, and nothing was changed.
Function ${un}EndProgram
  ${Do}
    Call ${un}InUse
    ${If} $R0 == 0
      Return
    ${EndIf}
    ${IfNot} ${Silent}
      MessageBox MB_OKCANCEL|MB_ICONQUESTION "$(CloseIt)" IDOK +3
      SetErrorLevel 1
      Quit
    ${EndIf}
    ${If} $Close == 1
      Call ${un}AskToClose
    ${EndIf}
    StrCpy $R4 0
    ${Do}
      Sleep 250
      Call ${un}InUse
      IntOp $R4 $R4 + 1
      ${If} $R0 == 0
        Return
      ${EndIf}
    ${LoopUntil} $R4 >= ${TRIES_TO_CLOSE}
    ${If} ${Silent}
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${Loop}
FunctionEnd
!macroend
!insertmacro InUse ""
!insertmacro InUse "un."

; Starts `program` anew as administrator, with the same words, and ends with its exit code; goes on when we are one.
!macro NeedAdministrator program words
  UserInfo::GetAccountType
  Pop $R2
  ${If} $R2 != "Admin"
    ${If} ${Silent}
      SetErrorLevel 5
      Quit
    ${EndIf}
    ; SHELLEXECUTEINFOW on 64-bit Windows; SEE_MASK_NOCLOSEPROCESS | SEE_MASK_NOASYNC
    System::Call '*(i 112, i 0x140, p $HWNDPARENT, w "runas", w `${program}`, w `${words}`, p 0, i 1, i 0, p 0, p 0, p 0, p 0, i 0, i 0, p 0, p 0) p .r0'
    System::Call 'shell32::ShellExecuteExW(p r0) i .r1'
    System::Call '*$0(i, i, p, p, p, p, p, i, i, p, p, p, p, i, i, p, p .r2)'
    System::Free $0
    ${If} $1 = 0
      !insertmacro Stop 5 "$(NotAdministrator)"
    ${EndIf}
    System::Call 'kernel32::WaitForSingleObject(p r2, i -1)'
    System::Call 'kernel32::GetExitCodeProcess(p r2, *i .r1)'
    SetErrorLevel $1
    Quit
  ${EndIf}
!macroend
