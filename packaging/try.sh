#!/bin/sh
# Open the window on the samples; where there is no display, do the main job without one.
set -eu
bin="${BIN:-.venv/bin}"
if "$bin/python" -c "from ui.display import require; require()" 2>/dev/null; then
    exec "$bin/nianbao" --sample
fi
echo "没有显示器：改为在命令行核对示例报告并生成PDF。"
mkdir -p build
status=0
"$bin/nianbao" check resources/samples/*.nianbao || status=$?
[ "$status" -le 1 ] # findings are no failure here
"$bin/nianbao" convert resources/samples/city-2024.nianbao build/city-2024.pdf
echo "PDF：$(pwd)/build/city-2024.pdf"
