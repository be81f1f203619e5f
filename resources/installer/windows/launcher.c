/* famgui.exe and famgui-cli.exe: load the Python that lies beside them and let it run the package famgui.

   CONSOLE is defined for famgui-cli.exe. Everything is found from the place of this file, by its full path; libraries
   that others ask for come from this folder, from Windows' own or from beside who asks, never from the current folder
   or PATH. */

#define _WIN32_WINNT 0x0A00
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

typedef int(__cdecl *PythonMain)(int, wchar_t **);

enum { LONGEST = 32768, CANNOT_START = 9 };

static wchar_t folder[LONGEST];
static wchar_t place[LONGEST];

static const wchar_t *const NEEDED[] = {PYTHON_CORE, PYTHON_STDLIB, PYTHON_PATHS, L"lib\\famgui\\__main__.pyc"};

static const wchar_t *beside(const wchar_t *name) {
    if (wcslen(folder) + wcslen(name) + 1 > LONGEST) return L"";
    wcscpy(place, folder);
    wcscat(place, name);
    return place;
}

static BOOL speaks_chinese(void) { return PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_CHINESE; }

static void say(const wchar_t *sentence, const wchar_t *name) {
    static wchar_t text[2 * LONGEST];
    const wchar_t *title = speaks_chinese() ? L"家庭共济助手" : L"famgui";
    _snwprintf(text, 2 * LONGEST - 1, sentence, folder, name);
#ifdef CONSOLE
    static char bytes[6 * LONGEST];
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    SetConsoleOutputCP(CP_UTF8);
    fprintf(stderr, "%s\n", bytes);
    (void)title;
#else
    MessageBoxW(NULL, text, title, MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#endif
}

static void say_missing(const wchar_t *name) {
    say(speaks_chinese()
        ? L"程序文件不完整，无法启动：\n\n%ls%ls\n\n请重新运行安装程序；您的数据不受影响。"
        : L"The program cannot start because a file of it is missing or damaged:\n\n%ls%ls\n\n"
          L"Run its setup again; your data are not touched.", name);
}

/* Qt's bindings end the path of Qt's own files at a comma, and Windows a list of folders at a semicolon. */
static BOOL has_bad_name(void) {
    if (wcspbrk(folder, L",;") == NULL) return FALSE;
    say(speaks_chinese()
        ? L"文件夹的路径里有半角逗号或分号，程序在这里打不开：\n\n%ls%ls\n\n请把它改名，或把程序移到别的文件夹；您的数据不受影响。"
        : L"The path of the folder has a comma or a semicolon, so the program cannot start here:\n\n%ls%ls\n\n"
          L"Rename it or move the program elsewhere; your data are not touched.", L"");
    return TRUE;
}

static BOOL find_folder(void) {
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    if (length == 0 || length >= LONGEST) return FALSE;
    wchar_t *last = wcsrchr(folder, L'\\');
    if (last == NULL) return FALSE;
    last[1] = 0;
    return TRUE;
}

static int start(int count, wchar_t **words) {
    static wchar_t *before[] = {L"-I", L"-B", L"-m", L"famgui"};
    enum { BEFORE = sizeof before / sizeof *before };
    if (!find_folder() || has_bad_name()) return CANNOT_START;
    if (!SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS)) SetDllDirectoryW(L"");
    for (size_t index = 0; index < sizeof NEEDED / sizeof *NEEDED; index++) {
        if (GetFileAttributesW(beside(NEEDED[index])) == INVALID_FILE_ATTRIBUTES) {
            say_missing(NEEDED[index]);
            return CANNOT_START;
        }
    }
    HMODULE python = LoadLibraryExW(beside(PYTHON_CORE), NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    PythonMain run = python ? (PythonMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **all = calloc((size_t)count + BEFORE + 1, sizeof *all);
    if (run == NULL || all == NULL) {
        say_missing(PYTHON_CORE);
        return CANNOT_START;
    }
    all[0] = words[0];
    for (int index = 0; index < BEFORE; index++) all[1 + index] = before[index];
    for (int index = 1; index < count; index++) all[BEFORE + index] = words[index];
    return run(count + BEFORE, all);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words) { return start(count, words); }
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE none, wchar_t *line, int show) {
    (void)self, (void)none, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
