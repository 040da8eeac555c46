; The setup for Windows, 64 bit, for one user, without administrator; /S installs without a word.
; makensis -DVERSION=… -DFOLDER=… -DOUTPUT=… nianbao.nsi
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\nianbao"
!define CLASS "Nianbao.Report"

Name "年报"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\nianbao"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "年报 ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "年报"
VIAddVersionKey /LANG=2052 "FileDescription" "政府信息公开工作年度报告：填写、核对、打印"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "nianbao developers, MIT"

!define MUI_ICON "${FOLDER}\program\nianbao.ico"
!define MUI_UNICON "${FOLDER}\program\nianbao.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\program\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "$\"$INSTDIR\program\launcher.py$\""
!define MUI_FINISHPAGE_RUN_TEXT "打开年报"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that runs holds its library; then nothing may be replaced or removed.
!macro STOP_IF_RUNNING
  ${If} ${FileExists} "$INSTDIR\program\python311.dll"
    ClearErrors
    FileOpen $0 "$INSTDIR\program\python311.dll" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "年报正在运行。请先关闭年报的窗口，再重新开始。" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  !insertmacro STOP_IF_RUNNING
  RMDir /r "$INSTDIR\program"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  SetOutPath "$INSTDIR\program"
  CreateShortcut "$SMPROGRAMS\年报.lnk" "$INSTDIR\program\pythonw.exe" \
    '"$INSTDIR\program\launcher.py"' "$INSTDIR\program\nianbao.ico"

  WriteRegStr HKCU "Software\Classes\.nianbao" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "政府信息公开工作年度报告"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\program\nianbao.ico"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" \
    '"$INSTDIR\program\pythonw.exe" "$INSTDIR\program\launcher.py" "%1"'

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "年报"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\program\nianbao.ico"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; What the user wrote lies in another folder and stays.
Section Uninstall
  !insertmacro STOP_IF_RUNNING
  RMDir /r "$INSTDIR\program"
  Delete "$INSTDIR\nianbao.cmd"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\年报.lnk"
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  ReadRegStr $0 HKCU "Software\Classes\.nianbao" ""
  ${If} $0 == "${CLASS}"
    DeleteRegKey HKCU "Software\Classes\.nianbao"
  ${EndIf}
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
