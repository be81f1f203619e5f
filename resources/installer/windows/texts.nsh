; Every sentence of setup, in the languages it speaks.

!macro Text name chinese english
  LangString ${name} ${LANG_SIMPCHINESE} "${chinese}"
  LangString ${name} ${LANG_ENGLISH} "${english}"
!macroend

!macro Texts
  !insertmacro Text ProgramName "${TITLE}" "famgui"
  !insertmacro Text WelcomeTitle "安装${TITLE} ${VERSION}" "Set up famgui ${VERSION}"
  !insertmacro Text WelcomeText "家庭共济绑定、结算核对与政策查询。$\r$\n$\r$\n$Whom已有的账本和设置会保留。$\r$\n$\r$\n点击“下一步”继续。" "Binding, settlement and policy reference for shared medical-insurance accounts.$\r$\n$\r$\n$Whom Your books and settings are kept.$\r$\n$\r$\nClick Next to go on."
  !insertmacro Text ForMe "只为当前用户安装，不需要管理员权限；" "It is set up for you alone and needs no administrator."
  !insertmacro Text ForAll "为这台电脑的所有用户安装；" "It is set up for everybody on this computer."
  !insertmacro Text RunNow "现在打开${TITLE}" "Open famgui now"
  !insertmacro Text DesktopLink "在桌面上放快捷方式" "Put a link on the desktop"
  !insertmacro Text CaseFile "家庭共济案例" "famgui case"
  !insertmacro Text OpenCase "用${TITLE}打开" "Open with famgui"
  !insertmacro Text TooOld "需要 Windows 10（1809）或更新的 64 位 Windows。未作任何改动。" "This needs 64-bit Windows 10 (1809) or later. Nothing was changed."
  !insertmacro Text SetupRunning "安装程序已经在运行。" "Setup is running already."
  !insertmacro Text NewerInstalled "已经安装了更新的版本 $1，安装程序带的是 ${VERSION}。$\r$\n$\r$\n旧版本打不开新版本的账本，所以不降级。确实需要时，请先卸载新版本。未作任何改动。" "A newer version, $1, is installed; this setup has ${VERSION}.$\r$\n$\r$\nOlder versions cannot open newer books, so setup does not go back. If you must, uninstall the newer one first. Nothing was changed."
  !insertmacro Text FolderTaken "文件夹里有其他文件，不能安装在这里：$\r$\n$INSTDIR$\r$\n$\r$\n请选一个新的或空的文件夹。" "The folder holds other files, so nothing can be installed there:$\r$\n$INSTDIR$\r$\n$\r$\nChoose a new or empty folder."
  !insertmacro Text FolderName "文件夹的路径里有半角逗号或分号，程序在那里打不开：$\r$\n$INSTDIR$\r$\n$\r$\n请换一个文件夹。未作任何改动。" "The path of the folder has a comma or a semicolon, and the program cannot start there:$\r$\n$INSTDIR$\r$\n$\r$\nChoose another folder. Nothing was changed."
  !insertmacro Text CannotWrite "不能写入文件夹：$\r$\n$INSTDIR$\r$\n$\r$\n请换一个文件夹，或检查权限和杀毒软件。原有版本未受影响。" "Setup cannot write here:$\r$\n$INSTDIR$\r$\n$\r$\nChoose another folder, or look at its permissions and at your antivirus program. What was installed before is untouched."
  !insertmacro Text DiskFull "磁盘空间不足，安装需要 ${SIZE_MB} MB。未作任何改动。" "The disk is full; setup needs ${SIZE_MB} MB. Nothing was changed."
  !insertmacro Text FolderInUse "文件夹正被其他程序使用：$\r$\n$INSTDIR$\r$\n$\r$\n请关闭打开它的窗口或终端，再运行安装程序。未作任何改动。" "Another program is using the folder:$\r$\n$INSTDIR$\r$\n$\r$\nClose the windows or terminals that are open in it and run setup again. Nothing was changed."
  !insertmacro Text NotRegistered "程序已装好，可以从这里打开：$\r$\n$INSTDIR\famgui.exe$\r$\n$\r$\n但是快捷方式或 Windows 的登记没有完成。请再运行一次安装程序。" "The program is in place and can be opened here:$\r$\n$INSTDIR\famgui.exe$\r$\n$\r$\nBut a link or its entry in Windows is missing. Run setup once more."
  !insertmacro Text FilesLeft "有文件不能删除，可能正被杀毒软件或其他程序使用：$\r$\n$INSTDIR$\r$\n$\r$\n请稍后再卸载一次。您的数据未受影响。" "Some files could not be deleted; an antivirus program or another one may be using them:$\r$\n$INSTDIR$\r$\n$\r$\nUninstall once more a little later. Your data are untouched."
  !insertmacro Text DataLeft "程序已卸载，但有数据文件不能删除：$\r$\n$LOCALAPPDATA\${ID}$\r$\n$\r$\n请关闭使用它们的程序，再自行删除这个文件夹。" "The program is gone, but some of its data could not be deleted:$\r$\n$LOCALAPPDATA\${ID}$\r$\n$\r$\nClose what is using them, then delete this folder yourself."
  !insertmacro Text CloseIt "${TITLE}正在运行。$\r$\n$\r$\n点击“确定”将它关闭并继续（没记完的内容会留作草稿）；点击“取消”退出，不作任何改动。" "famgui is running.$\r$\n$\r$\nOK closes it and goes on (what is not recorded yet stays as a draft); Cancel stops and changes nothing."
  !insertmacro Text NotAdministrator "为所有用户安装或卸载需要管理员。未作任何改动。" "Only an administrator can do this for all users. Nothing was changed."
  !insertmacro Text DataTitle "您的数据" "Your data"
  !insertmacro Text DataSubtitle "账本、设置和备份" "Books, settings and backups"
  !insertmacro Text DataText "账本和设置会保留，再次安装后可继续使用。它们在：" "Your books and settings stay, to be used again after another setup. They lie in:"
  !insertmacro Text DataBox "同时删除这些数据（不能恢复）" "Delete these data too (they cannot be brought back)"
!macroend
