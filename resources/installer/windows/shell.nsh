; What Windows is told about the program: the list of installed programs, start menu, desktop, case files.
;
; Windows knows a file by what follows its last dot, so a case file is a .toml to it. The program offers itself for
; .toml ("Open with") without taking .toml from anybody, and adds a verb of its own to *.famgui.toml only.

!define VERB "${CLASSES}\SystemFileAssociations\.toml\shell\${ID}"
!define APPLICATION "${CLASSES}\Applications\famgui.exe"

; $Result is 8 when Windows did not take all of it.
Function Register
  ClearErrors
  StrCpy $0 '"$INSTDIR\famgui.exe" "%1"'
  WriteRegStr SHCTX "${CLASSES}\${CASE_FILE}" "" "$(CaseFile)"
  WriteRegStr SHCTX "${CLASSES}\${CASE_FILE}\DefaultIcon" "" '"$INSTDIR\famgui.exe",0'
  WriteRegStr SHCTX "${CLASSES}\${CASE_FILE}\shell\open\command" "" $0
  WriteRegStr SHCTX "${CLASSES}\.toml\OpenWithProgids" "${CASE_FILE}" ""
  WriteRegStr SHCTX "${APPLICATION}" "FriendlyAppName" "${TITLE}"
  WriteRegStr SHCTX "${APPLICATION}\SupportedTypes" ".toml" ""
  WriteRegStr SHCTX "${APPLICATION}\shell\open\command" "" $0
  WriteRegStr SHCTX "${VERB}" "" "$(OpenCase)"
  WriteRegStr SHCTX "${VERB}" "Icon" '"$INSTDIR\famgui.exe",0'
  WriteRegStr SHCTX "${VERB}" "AppliesTo" 'System.FileName:"*.famgui.toml"'
  WriteRegStr SHCTX "${VERB}\command" "" $0

  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${TITLE} (famgui)"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" '"$INSTDIR\famgui.exe",0'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "famgui"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1

  SetOutPath "$INSTDIR" ; where a link starts its program
  CreateShortcut "$SMPROGRAMS\${LINK}" "$INSTDIR\famgui.exe"
  ReadRegStr $1 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $2 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} ${Errors}
  ${OrIf} $1 != $INSTDIR
  ${OrIf} $2 != "${VERSION}"
  ${OrIfNot} ${FileExists} "$SMPROGRAMS\${LINK}"
    StrCpy $Result 8
  ${EndIf}
  SetOutPath "$TEMP"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function MakeDesktopLink
  SetOutPath "$INSTDIR"
  ClearErrors
  CreateShortcut "$DESKTOP\${LINK}" "$INSTDIR\famgui.exe"
  ${If} ${Errors}
  ${OrIfNot} ${FileExists} "$DESKTOP\${LINK}"
    StrCpy $Result 8
  ${EndIf}
  SetOutPath "$TEMP"
FunctionEnd

Function un.Unregister
  Delete "$SMPROGRAMS\${LINK}"
  Delete "$DESKTOP\${LINK}"
  DeleteRegKey SHCTX "${CLASSES}\${CASE_FILE}"
  DeleteRegKey SHCTX "${APPLICATION}"
  DeleteRegKey SHCTX "${VERB}"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\SystemFileAssociations\.toml\shell"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\SystemFileAssociations\.toml"
  DeleteRegValue SHCTX "${CLASSES}\.toml\OpenWithProgids" "${CASE_FILE}"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.toml\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.toml"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd
