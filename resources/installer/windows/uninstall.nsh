; The uninstaller: takes away what setup laid down, by the generated list, and leaves the user's data unless asked.

Function un.onInit
  SetRegView 64
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $AllUsers 1
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/FILESONLY" $R1
  ${IfNot} ${Errors}
    StrCpy $Earlier "files" ; setup replaces this version: it has closed the program and registers the new one
    !insertmacro SetScope
    Return
  ${EndIf}
  ${If} $AllUsers == 1
    ; not $EXEPATH, which is NSIS's copy in a folder that everything of the user's can write to. The one started here copies
    ; itself again and ends at once, so its exit code says nothing; a silent one never comes here (exit code 5).
    !insertmacro NeedAdministrator "$INSTDIR\uninstall.exe" "$R0"
  ${EndIf}
  !insertmacro SetScope
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
  ${GetOptions} $R0 "/DELETEDATA" $R1
  ${IfNot} ${Errors}
    StrCpy $EraseData 1
  ${EndIf}
FunctionEnd

Function un.DataPage
  SetShellVarContext current
  StrCpy $0 "$LOCALAPPDATA\${ID}"
  !insertmacro SetScope
  ${IfNot} ${FileExists} "$0\*.*"
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(DataTitle)" "$(DataSubtitle)"
  nsDialogs::Create 1018
  Pop $1
  ${NSD_CreateLabel} 0 0 100% 40u "$(DataText)$\r$\n$\r$\n$0"
  Pop $1
  ${NSD_CreateCheckbox} 0 50u 100% 12u "$(DataBox)"
  Pop $EraseBox
  ${If} $EraseData == 1
    ${NSD_Check} $EraseBox
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.DataPageLeft
  ${NSD_GetState} $EraseBox $0
  StrCpy $EraseData 0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $EraseData 1
  ${EndIf}
FunctionEnd

Section "un.famgui"
  ${If} $Earlier != "files"
    StrCpy $Folder "$INSTDIR"
    Call un.EndProgram
  ${EndIf}
  SetOutPath "$TEMP"
  ClearErrors
  !insertmacro RemoveFiles "$INSTDIR"
  StrCpy $0 0
  ${If} ${Errors}
    StrCpy $0 1
  ${EndIf}
  !insertmacro RemoveFolders "$INSTDIR"
  ${If} $0 = 1 ; what tells our folder from others' stays, and Windows' entry: it can be tried again
    !insertmacro Stop 6 "$(FilesLeft)"
  ${EndIf}
  Delete "$INSTDIR\product.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${If} $Earlier != "files"
    ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
    ${IfNot} ${FileExists} "$0\famgui.exe" ; else the entry is another installation's
      Call un.Unregister
    ${EndIf}
  ${EndIf}
  ${If} $EraseData == 1
    SetShellVarContext current ; of whoever runs this; other people's data are theirs
    RMDir /r "$LOCALAPPDATA\${ID}"
    ${If} ${FileExists} "$LOCALAPPDATA\${ID}"
      !insertmacro Stop 6 "$(DataLeft)"
    ${EndIf}
  ${EndIf}
  ClearErrors
  SetErrorLevel 0
SectionEnd
